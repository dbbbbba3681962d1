package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;

/**
 * A volume of a resource on this node.
 *
 * @param volume its number in the resource
 * @param minor its number among the node's DRBD devices; -1 if it is unknown
 * @param disk the state of its disk
 * @param backingDevice the path of its disk; null if there is none or it is not known (8.4 does not report)
 * @param quorum null if it is unknown (8.4 has none)
 * @param sizeKib its size in KiB, or null
 * @param open whether something has it open; null if it is unknown (8.4 does not report, nor does 9.2 with the
 *     drbd-utils of Debian 12)
 * @param client whether it has no disk on purpose ({@code disk none}); null if it is unknown (8.4 has no such volumes)
 */
public record DeviceState(
        int volume,
        int minor,
        Reported<DiskState> disk,
        String backingDevice,
        Boolean quorum,
        Long sizeKib,
        Boolean open,
        Boolean client)
        implements Serializable {
    /** A volume that has its disk, or should. */
    public DeviceState(
            int volume,
            int minor,
            Reported<DiskState> disk,
            String backingDevice,
            Boolean quorum,
            Long sizeKib,
            Boolean open) {
        this(volume, minor, disk, backingDevice, quorum, sizeKib, open, null);
    }

    /** The same with its disk in another state. */
    public DeviceState withDisk(Reported<DiskState> other) {
        return new DeviceState(volume, minor, other, backingDevice, quorum, sizeKib, open, client);
    }

    /** Whether it has no disk on purpose, and reads and writes those of its peers. */
    public boolean isClient() {
        return Boolean.TRUE.equals(client) && disk.is(DiskState.DISKLESS);
    }

    /** Whether the node may not write for lack of quorum; false also if that is unknown. */
    public boolean hasLostQuorum() {
        return Boolean.FALSE.equals(quorum);
    }

    boolean isWhole() {
        return volume >= 0 && minor >= 0 && disk.isPresent();
    }
}
