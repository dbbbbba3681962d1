package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;

/** Checks that the disks that a node is to attach are large enough. */
final class DiskSizeCheck {
    private final Resource resource;
    private final ClusterFacts facts;
    private final Refusals refusals;

    DiskSizeCheck(Resource resource, ClusterFacts facts, Refusals refusals) {
        this.resource = resource;
        this.facts = facts;
        this.refusals = refusals;
    }

    /**
     * Refuses a disk that is smaller than the data of the running volume, or a metaDisk that is too small for the disk.
     *
     * @param meta the device of the metadata, the same as {@code data} if they are internal
     * @return whether both are large enough
     */
    boolean check(NodeFacts node, Resource.Volume volume, BlockDevice data, BlockDevice meta) {
        if (data.bytes() == 0) {
            return true;
        }
        boolean metadataFit = checkMetaDisk(node, volume, data, meta);
        return checkData(node, volume, data) && metadataFit;
    }

    private boolean checkMetaDisk(NodeFacts node, Resource.Volume volume, BlockDevice data, BlockDevice meta) {
        long needed = MetadataSize.bytes(data.bytes(), resource.peers());
        boolean flexible =
                meta != data && volume.disks().get(node.name()).metaDisk().index() == null;
        if (!flexible || meta.bytes() >= needed) {
            return true;
        }
        refusals.add(Refusal.of(DrbdDiskRefusal.META_DISK_TOO_SMALL)
                .on(node.name())
                .found(meta.path() + " has " + meta.bytes() + " bytes, but the metadata of " + data.path() + " need "
                        + needed)
                .remedy("Make the metaDisk larger; 128M are enough for 4 TiB of data and one peer, as much "
                        + "again for each further"));
        return false;
    }

    // A volume with good data does not shrink to the disk of a node that connects.
    private boolean checkData(NodeFacts node, Resource.Volume volume, BlockDevice data) {
        boolean internal = volume.disks().get(node.name()).metaDisk().isInternal();
        long room = internal ? MetadataSize.dataBytes(data.bytes(), resource.peers()) : data.bytes();
        for (NodeFacts other : facts.all()) {
            long bytes = other == node ? 0 : dataBytes(other, volume.number());
            if (bytes > room) {
                refusals.add(Refusal.of(DrbdDiskRefusal.DISK_TOO_SMALL)
                        .on(node.name())
                        .found(data.path() + " has " + data.bytes() + " bytes"
                                + (internal ? ", of which the metadata leave " + room : "") + ", but volume "
                                + volume.number() + " of '" + resource.name() + "' has " + bytes + " bytes on "
                                + other.name())
                        .wouldLose("DRBD would not connect the node (The peer's disk size is too small!)")
                        .remedy("Make the disk at least as large as the one on " + other.name()
                                + ", for LVM with `lvextend`, or choose another"));
                return false;
            }
        }
        return true;
    }

    private long dataBytes(NodeFacts node, int number) {
        ResourceState state = DrbdFacts.state(node, resource.name());
        DeviceState running = state == null ? null : state.volumes().get(number);
        return running == null
                        || running.sizeKib() == null
                        || !running.disk().state().hasGoodData()
                ? 0
                : running.sizeKib() << 10;
    }
}
