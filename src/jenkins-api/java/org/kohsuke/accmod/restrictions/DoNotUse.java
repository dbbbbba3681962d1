package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** Only for calls by name. */
public class DoNotUse extends AccessRestriction {}
