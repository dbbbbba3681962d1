/**
 * The loss of a peer: the files that suspend I/O, and the steps that fence a node or confirm that it is off. Builds on
 * {@code engine} and {@code operation.view}. Start with {@link
 * io.jenkins.plugins.drbdocfs2.operation.fencing.PeerLossFiles}.
 */
package io.jenkins.plugins.drbdocfs2.operation.fencing;
