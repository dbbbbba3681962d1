package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import java.io.Serializable;

/**
 * A disk that is another one on one node.
 *
 * @param node the node's name
 * @param volume the volume's number
 * @param disk the block device there, or {@link #NONE}; null for the volume's
 * @param metaDisk where the metadata are there; null for the volume's
 */
public record NodeDiskSpec(String node, int volume, String disk, String metaDisk) implements Serializable {
    /** The word for a node without a disk, which DRBD 9 can have: it reads and writes those of the others. */
    public static final String NONE = "none";

    /** Whether the volume has no disk there. */
    public boolean isNone() {
        return NONE.equals(disk);
    }
}
