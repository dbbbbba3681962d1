/**
 * What DRBD's kernel module does: roles, disks, connections, from events2, JSON or /proc/drbd.
 * Uses {@code facts} and the configuration. Start at {@link DrbdState} and {@link DrbdStateProbe}.
 */
package io.jenkins.plugins.drbdocfs2.drbd.status;
