package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** For nobody's code: called by name only. */
public class DoNotUse extends AccessRestriction {}
