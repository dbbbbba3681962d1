/**
 * The execution of operations: runs probes, gets the plan, executes it, runs probes again. It contains nothing of
 * operations, and of DRBD only the mask of a {@code shared-secret}. Builds on {@code facts}, {@code remote} and
 * {@code result}. Start at {@link Engine}, {@link Operation} and {@link Plan}.
 */
package io.jenkins.plugins.drbdocfs2.engine;
