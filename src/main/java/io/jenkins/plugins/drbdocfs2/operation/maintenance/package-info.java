/**
 * The reboot and the maintenance of a node that others replace meanwhile. Builds on {@code engine} and {@code operation.view}.
 * Start with {@link io.jenkins.plugins.drbdocfs2.operation.maintenance.ClusterReboot}.
 */
package io.jenkins.plugins.drbdocfs2.operation.maintenance;
