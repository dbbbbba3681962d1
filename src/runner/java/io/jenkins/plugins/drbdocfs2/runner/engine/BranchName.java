package io.jenkins.plugins.drbdocfs2.runner.engine;

import java.io.Serializable;

/**
 * Says in which branch of {@code parallel} a step runs.
 *
 * @param prefix what stands before each line of its log
 */
public record BranchName(String prefix) implements Serializable {}
