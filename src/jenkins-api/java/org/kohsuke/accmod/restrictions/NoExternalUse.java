package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** For its own plugin. */
public class NoExternalUse extends AccessRestriction {}
