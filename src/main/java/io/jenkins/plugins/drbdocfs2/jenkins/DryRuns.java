package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.EnvVars;
import hudson.Util;

/** The switch that makes every step of a build a dry run, whatever its parameters. */
public final class DryRuns {
    /** The environment variable or build parameter; any value except empty and "false" turns dry runs on. */
    public static final String VARIABLE = "DRBD_OCFS2_DRY_RUN";

    private DryRuns() {}

    /** Whether the environment of the build turns dry runs on. */
    public static boolean demanded(EnvVars environment) {
        String value = environment == null ? null : Util.fixEmptyAndTrim(environment.get(VARIABLE));
        return value != null && !value.equalsIgnoreCase("false");
    }
}
