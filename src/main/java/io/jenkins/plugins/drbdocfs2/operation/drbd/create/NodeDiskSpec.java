package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import java.io.Serializable;

/**
 * A disk that differs on one node.
 *
 * @param node the node's name
 * @param volume the volume's number
 * @param disk the backing device there, or {@link #NONE}; null for that of the volume
 * @param metaDisk the place of the metadata there; null for that of the volume
 */
public record NodeDiskSpec(String node, int volume, String disk, String metaDisk) implements Serializable {
    /** The value for a diskless node (DRBD 9), which reads and writes the disks of the others. */
    public static final String NONE = "none";

    /** Whether the node is diskless. */
    public boolean isNone() {
        return NONE.equals(disk);
    }
}
