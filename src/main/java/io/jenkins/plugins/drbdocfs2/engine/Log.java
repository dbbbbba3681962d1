package io.jenkins.plugins.drbdocfs2.engine;

/** Receives the lines for the build log; thread-safe. */
@FunctionalInterface
public interface Log {
    /** @param line one line, without its end */
    void line(String line);
}
