package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.MetadataSuperblock;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that the DRBD 9 metadata on a disk match the nodes of a resource: the node-id, and space for all peers. */
final class SuperblockCheck {
    private final Resource resource;
    private final Refusals refusals;

    SuperblockCheck(Resource resource, Refusals refusals) {
        this.resource = resource;
        this.refusals = refusals;
    }

    /** The probes of the superblocks that are not known, on DRBD 9. */
    static List<Probe<Optional<MetadataSuperblock>>> probes(Resource resource, NodeFacts node) {
        return !DrbdFacts.is9(node)
                ? List.of()
                : resource.volumes().stream()
                        .map(volume -> volume.disks().get(node.name()))
                        .filter(Objects::nonNull)
                        .map(MetadataSuperblock::probe)
                        .filter(probe -> !node.has(probe))
                        .toList();
    }

    private Optional<MetadataSuperblock> superblock(NodeFacts node, Resource.Disk disk) {
        Probe<Optional<MetadataSuperblock>> probe = MetadataSuperblock.probe(disk);
        return node.has(probe) ? node.get(probe) : Optional.empty();
    }

    /** Whether DRBD would attach the disk. */
    boolean fit(NodeFacts node, Resource.Volume volume, Resource.Disk disk) {
        return superblock(node, disk)
                .filter(found -> !found.isOf(id(node)) || !found.hasRoomFor(peers(node, volume)))
                .isEmpty();
    }

    private int id(NodeFacts node) {
        return resource.host(node.name()).nodeId();
    }

    private Set<Integer> peers(NodeFacts node, Resource.Volume volume) {
        return resource.hosts().stream()
                .filter(host ->
                        !host.node().equals(node.name()) && volume.disks().containsKey(host.node()))
                .map(Resource.Host::nodeId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Refuses if DRBD would not attach the disk, or not accept another peer. */
    void check(NodeFacts node, Resource.Volume volume, Resource.Disk disk) {
        Optional<MetadataSuperblock> found = superblock(node, disk);
        String metadata = "the metadata of " + disk.device() + " (at " + disk.metaDisk() + ")";
        found.flatMap(MetadataSuperblock::nodeId)
                .filter(id -> id != id(node))
                .ifPresent(id -> NodeIdAssignment.refuse(
                        node.name(),
                        resource.name(),
                        "it is to have " + id(node) + ", but " + metadata + " have " + id,
                        refusals));
        found.filter(superblock -> !superblock.hasRoomFor(peers(node, volume)))
                .ifPresent(superblock -> refusals.add(Refusal.of(DrbdDiskRefusal.METADATA_FULL)
                        .on(node.name())
                        .found(metadata + " have max-peers " + superblock.maxPeers() + ", taken by the node-ids "
                                + new TreeSet<>(superblock.peers()) + ", and '" + resource.name() + "' is to have "
                                + peers(node, volume))
                        .wouldLose("DRBD would accept no further peer (Not enough free bitmap slots)")
                        .remedy("If a node was removed, free its room with `drbdsetup forget-peer "
                                + resource.name() + " NODE-ID`. Else recreate the metadata with more room, on one node"
                                + " after the other, while the others have good data: `drbdadm down`, grow the disk if they"
                                + " are internal (they need more of it), `drbdadm create-md --max-peers=N`, `drbdadm up`,"
                                + " drbdWaitSync")));
    }
}
