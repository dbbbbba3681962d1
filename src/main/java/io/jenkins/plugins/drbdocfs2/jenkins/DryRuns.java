package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.EnvVars;

/** The switch that makes every step of a build a dry run, whatever its parameters say. */
public final class DryRuns {
    /** The environment variable, or build parameter; "true" demands dry runs. */
    public static final String VARIABLE = "DRBD_OCFS2_DRY_RUN";

    private DryRuns() {}

    /** Whether the build's environment demands that nothing is changed. */
    public static boolean demanded(EnvVars environment) {
        return environment != null && Boolean.parseBoolean(environment.get(VARIABLE));
    }
}
