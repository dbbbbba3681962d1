package io.jenkins.plugins.drbdocfs2.runner.engine;

import java.io.Serializable;

/**
 * The branch of {@code parallel} that a step runs in.
 *
 * @param prefix the prefix of each line of its log
 */
public record BranchName(String prefix) implements Serializable {}
