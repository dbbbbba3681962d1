package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;

/**
 * A volume of a resource on this node.
 *
 * @param volume its volume number
 * @param minor its minor number; -1 if it is unknown
 * @param disk the state of its disk
 * @param backingDevice the path of its disk; null if there is none or it is unknown (8.4 does not report it)
 * @param quorum null if it is unknown (8.4 has none)
 * @param sizeKib its size in KiB; null if it is unknown, as while its disk is being attached, when DRBD reports 0
 * @param open whether the device is open; null if it is unknown (neither 8.4 nor 9.2 with the drbd-utils of Debian 12
 *     report it)
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
    public DeviceState {
        sizeKib = sizeKib == null || sizeKib == 0 ? null : sizeKib;
    }

    /** A volume that is meant to have a disk. */
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

    /** The same volume with another disk state. */
    public DeviceState withDisk(Reported<DiskState> other) {
        return new DeviceState(volume, minor, other, backingDevice, quorum, sizeKib, open, client);
    }

    /** Whether it has no disk on purpose, and uses those of its peers. */
    public boolean isClient() {
        return Boolean.TRUE.equals(client) && disk.is(DiskState.DISKLESS);
    }

    /** Whether the node must not write for lack of quorum; false if that is unknown. */
    public boolean hasLostQuorum() {
        return Boolean.FALSE.equals(quorum);
    }

    boolean isWhole() {
        return volume >= 0 && minor >= 0 && disk.isPresent();
    }
}
