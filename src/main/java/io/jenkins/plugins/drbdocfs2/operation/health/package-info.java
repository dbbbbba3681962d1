/**
 * The health of a cluster: rules that find problems in the facts of the nodes, and the catalogue of problems. Builds on the
 * views and guards. Start at {@link ClusterHealth} and {@link ProblemKind}.
 */
package io.jenkins.plugins.drbdocfs2.operation.health;
