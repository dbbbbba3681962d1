/**
 * The execution of operations: runs probes, gets the plan, executes it, runs probes again. It contains nothing specific to
 * DRBD or OCFS2.
 * Uses {@code facts}, {@code remote} and {@code result}. Start at {@link Engine}, {@link Operation} and {@link Plan}.
 */
package io.jenkins.plugins.drbdocfs2.engine;
