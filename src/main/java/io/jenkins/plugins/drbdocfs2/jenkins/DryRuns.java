package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.EnvVars;
import hudson.Util;

/** The switch that makes every step of a build a dry run, whatever its parameters say. */
public final class DryRuns {
    /** The environment variable, or build parameter; anything but empty or "false" demands dry runs. */
    public static final String VARIABLE = "DRBD_OCFS2_DRY_RUN";

    private DryRuns() {}

    /** Whether the build's environment demands that nothing is changed. */
    public static boolean demanded(EnvVars environment) {
        String value = environment == null ? null : Util.fixEmptyAndTrim(environment.get(VARIABLE));
        return value != null && !value.equalsIgnoreCase("false");
    }
}
