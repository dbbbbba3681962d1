package io.jenkins.plugins.drbdocfs2.engine;

/** Takes the lines for the build log; safe for use by several threads at once. */
@FunctionalInterface
public interface Log {
    /** @param line one line, without its end */
    void line(String line);
}
