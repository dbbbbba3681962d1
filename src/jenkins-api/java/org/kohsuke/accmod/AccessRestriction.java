package org.kohsuke.accmod;

/** For whom something is. */
public abstract class AccessRestriction {}
