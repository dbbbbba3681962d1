/**
 * The state of DRBD in the kernel: roles, disks, connections, from events2, JSON or /proc/drbd.
 * Builds on {@code facts} and the configuration. Start at {@link DrbdState} and {@link DrbdStateProbe}.
 */
package io.jenkins.plugins.drbdocfs2.drbd.status;
