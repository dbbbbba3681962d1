/**
 * OCFS2 and its cluster o2cb: cluster.conf, the state in the kernel, volumes. Builds on {@code facts} and {@code storage}.
 * Start at {@link ClusterConf} and {@link Ocfs2Probes}.
 */
package io.jenkins.plugins.drbdocfs2.ocfs2;
