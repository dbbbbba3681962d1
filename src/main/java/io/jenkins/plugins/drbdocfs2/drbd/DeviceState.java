package io.jenkins.plugins.drbdocfs2.drbd;

import java.io.Serializable;

/**
 * A volume of a resource on this node.
 *
 * @param volume its number in the resource
 * @param minor its number among the node's DRBD devices; -1 where it is not known
 * @param disk the state of its disk, such as {@link States#UP_TO_DATE}
 * @param backingDevice the path of its disk; null where there is none or it is not known (8.4 does not tell)
 * @param quorum null where it is not known (8.4 has none)
 * @param sizeKib its size in KiB, or null
 * @param open whether something has it open; null where it is not known (8.4 does not tell)
 */
public record DeviceState(
        int volume, int minor, String disk, String backingDevice, Boolean quorum, Long sizeKib, Boolean open)
        implements Serializable {
    boolean isWhole() {
        return volume >= 0 && minor >= 0 && !disk.equals(States.UNKNOWN);
    }
}
