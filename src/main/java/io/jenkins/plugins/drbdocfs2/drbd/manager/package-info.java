/**
 * Other programs that manage DRBD resources: LINSTOR, drbd-reactor and Pacemaker, by their files and the CIB.
 * Builds on {@code facts}. Start at {@link ResourceManagers}.
 */
package io.jenkins.plugins.drbdocfs2.drbd.manager;
