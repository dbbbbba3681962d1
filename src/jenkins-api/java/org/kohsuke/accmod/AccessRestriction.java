package org.kohsuke.accmod;

/** A restriction of the use of an API. */
public abstract class AccessRestriction {}
