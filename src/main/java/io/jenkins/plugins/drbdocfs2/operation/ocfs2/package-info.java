/**
 * Operations on OCFS2 and its cluster.
 * Builds on the engine, the guards and the views. Start at {@link Ocfs2ConfigureCluster}; its decisions are in
 * {@link Ocfs2ConfigureClusterPlan}.
 */
package io.jenkins.plugins.drbdocfs2.operation.ocfs2;
