package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** Only for the plugin itself. */
public class NoExternalUse extends AccessRestriction {}
