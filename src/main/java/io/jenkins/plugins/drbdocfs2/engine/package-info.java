/**
 * The execution of operations: runs probes, gets the plan, executes it, runs probes again. It knows no
 * operation, and of DRBD only that a {@code shared-secret} is masked.
 * Builds on {@code facts}, {@code remote} and {@code result}. Start at {@link Engine}, {@link Operation} and {@link Plan}.
 */
package io.jenkins.plugins.drbdocfs2.engine;
