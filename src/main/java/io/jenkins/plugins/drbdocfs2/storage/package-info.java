/**
 * Block devices, filesystems, LVM, mounts and fstab of a node. Builds on {@code facts}. Start at {@link BlockDevice} and
 * {@link StorageProbes}.
 */
package io.jenkins.plugins.drbdocfs2.storage;
