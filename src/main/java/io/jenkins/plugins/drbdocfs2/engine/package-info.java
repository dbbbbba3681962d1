/**
 * What carries out an operation: asks, has it plan, does what is missing, asks again. Nothing of DRBD or OCFS2 is
 * known here.
 * Uses {@code facts}, {@code remote} and {@code result}. Start at {@link Engine}, {@link Operation} and {@link Plan}.
 */
package io.jenkins.plugins.drbdocfs2.engine;
