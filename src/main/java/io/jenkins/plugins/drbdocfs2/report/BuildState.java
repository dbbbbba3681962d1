package io.jenkins.plugins.drbdocfs2.report;

/**
 * The state of a build, as far as its report depends on it.
 *
 * @param building whether it runs, so that its steps may report more
 * @param unstable whether it is unstable, so that failures of steps did not fail it
 */
public record BuildState(boolean building, boolean unstable) {}
