/**
 * The description of a cluster as a Jenkinsfile: what the nodes have, as calls of steps that find nothing to change.
 * Builds on the operations of these steps. Start at {@link ClusterDescribe} and {@link Description}.
 */
package io.jenkins.plugins.drbdocfs2.operation.describe;
