package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Result;
import java.io.IOException;

/** Makes a build unstable or failed while it continues, and shows that it waits. */
@FunctionalInterface
public interface BuildMark {
    /**
     * Sets the result of the build, unless it is worse already, and tells why in its log.
     *
     * @param result the result
     * @param why the reason
     */
    void set(Result result, String why) throws IOException, InterruptedException;

    /**
     * Shows that the step waits for something outside of the build, until {@link #goesOn}.
     *
     * @param why what it waits for
     */
    default void waits(String why) throws IOException, InterruptedException {}

    /** Shows that the step does not wait any more. */
    default void goesOn() throws IOException, InterruptedException {}

    /** The line of the log, as other steps of Jenkins print it. */
    static String line(String why) {
        return "WARNING: " + why;
    }
}
