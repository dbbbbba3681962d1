package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.ResizeWatch;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDiskCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plan of {@link DrbdResize}. */
final class DrbdResizePlan {
    private static final long KIB = 1024;
    /** Growth by less than a block of DRBD's bitmap does not count. */
    private static final long MIN_GAIN = 4096;

    private static final Duration STALL = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofDays(30);

    private final String resource;
    private final ClusterFacts facts;
    private final Refusals refusals = new Refusals();

    DrbdResizePlan(String resource, ClusterFacts facts) {
        this.resource = resource;
        this.facts = facts;
    }

    Plan make() throws StepFailure {
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        List<NodeFacts> members = DrbdFacts.members(facts, resource);
        if (members.stream().anyMatch(member -> SimulatedDrbd.isToCome(member, resource))) {
            return new Plan.Builder()
                    .note("'" + resource + "' does not exist yet: an earlier step creates it with the full size of "
                            + "its disks, so this dry run has nothing to compare")
                    .build();
        }
        members.forEach(this::checkReportsSizes);
        refusals.check();
        for (NodeFacts member : members) {
            ResourceCheck.checkUp(member, resource, refusals);
            BackingDiskCheck.check(member, resource, refusals);
        }
        refusals.check();
        Map<Integer, Long> wanted = new LinkedHashMap<>();
        for (Resource.Volume volume :
                DrbdFacts.configured(members.get(0), resource).resource().volumes()) {
            decide(volume, members, wanted);
        }
        refusals.check();
        if (wanted.isEmpty()) {
            return Plan.nothing();
        }
        NodeFacts by = checkReady(members);
        for (NodeFacts member : members) {
            BackingDevices.of(member, resource)
                    .checkUnused(
                            "DRBD would use space that belongs to another user, and move its metadata there", refusals);
        }
        refusals.check();
        return plan(members, by, wanted);
    }

    // without events there is only /proc/drbd, which has no sizes
    private void checkReportsSizes(NodeFacts member) {
        member.get(DrbdProbes.VERSION)
                .filter(version -> !version.hasEvents())
                .ifPresent(version -> refusals.add(Refusal.of(DrbdDiskRefusal.SIZE_UNKNOWN)
                        .on(member.name())
                        .found("DRBD " + version.kernel()
                                + " does not report the sizes of its devices, so the space that '" + resource
                                + "' could use is unknown")
                        .remedy("Once the disks have grown on all nodes, run `drbdadm resize " + resource
                                + "` on the Primary by hand, and watch /proc/drbd until it is synchronised")));
    }

    private void decide(Resource.Volume volume, List<NodeFacts> members, Map<Integer, Long> wanted) {
        List<NodeFacts> full = new ArrayList<>();
        List<NodeFacts> grown = new ArrayList<>();
        long least = Long.MAX_VALUE;
        long now = Long.MAX_VALUE;
        for (NodeFacts member : members) {
            Resource.Disk disk = volume.disks().get(member.name());
            DeviceState device = DrbdFacts.state(member, resource).volumes().get(volume.number());
            if (disk == null) {
                continue;
            }
            if (device == null || device.sizeKib() == null || bytes(member, disk.device()) < 1) {
                refusals.add(Refusal.of(DrbdDiskRefusal.SIZE_UNKNOWN)
                        .on(member.name())
                        .found("the size of volume " + volume.number() + " of '" + resource + "' or of " + disk.device()
                                + " is not known")
                        .remedy("See whether the disk is there and attached (drbdStatus)"));
                return;
            }
            long current = device.sizeKib() * KIB;
            long possible = possible(member, disk, current);
            (possible - current < MIN_GAIN ? full : grown).add(member);
            least = Math.min(least, possible);
            now = Math.min(now, current);
        }
        if (!grown.isEmpty() && full.isEmpty()) {
            wanted.put(volume.number(), least);
            int peers =
                    DrbdFacts.configured(members.get(0), resource).resource().peers();
            grown.forEach(member -> checkMetaDisk(member, volume, peers));
        } else if (!grown.isEmpty()) {
            for (NodeFacts member : full) {
                String device = volume.disks().get(member.name()).device();
                refusals.add(Refusal.of(DrbdDiskRefusal.DISK_NOT_GROWN)
                        .on(member.name())
                        .found(device + " has " + bytes(member, device) + " bytes, all of which volume "
                                + volume.number()
                                + " of '" + resource + "' (" + now + " bytes) uses already; it grew only on "
                                + String.join(
                                        ", ",
                                        grown.stream().map(NodeFacts::name).toList()))
                        .wouldLose("DRBD would only move the metadata on the disks that grew, and not grow")
                        .remedy("Grow it there too: `lvextend -L SIZE " + device + "`, for example with clusterExec"));
            }
        }
    }

    /**
     * The space of the disk for data. For internal metadata with an unknown number of peers, all numbers are tried for one
     * that matches the current size.
     */
    private long possible(NodeFacts member, Resource.Disk disk, long current) {
        long bytes = bytes(member, disk.device());
        if (!disk.metaDisk().isInternal()) {
            return bytes;
        }
        boolean full = DrbdFacts.is9(member)
                && IntStream.rangeClosed(1, MetadataSize.MAX_PEERS)
                        .anyMatch(peers -> Math.abs(MetadataSize.dataBytes(bytes, peers) - current) < MIN_GAIN);
        return full ? current : MetadataSize.dataBytes(bytes, 1);
    }

    private void checkMetaDisk(NodeFacts member, Resource.Volume volume, int peers) {
        Resource.Disk disk = volume.disks().get(member.name());
        if (disk.metaDisk().isInternal()) {
            return;
        }
        long needed = MetadataSize.bytes(bytes(member, disk.device()), peers);
        boolean indexed = disk.metaDisk().index() != null;
        long has = indexed
                ? MetadataSize.INDEXED_SLOT_BYTES
                : bytes(member, disk.metaDisk().device());
        if (has < needed) {
            refusals.add(Refusal.of(DrbdDiskRefusal.META_DISK_TOO_SMALL)
                    .on(member.name())
                    .found("the metadata at " + disk.metaDisk() + " have room for " + has + " bytes, but "
                            + disk.device() + " now needs " + needed)
                    .remedy(
                            indexed
                                    ? "An indexed metaDisk is for 4 TiB of data at most"
                                    : "Grow that too: `lvextend -L SIZE "
                                            + disk.metaDisk().device() + "`"));
        }
    }

    private long bytes(NodeFacts member, String device) {
        return member.get(DeviceSize.probe(device)).bytes();
    }

    private NodeFacts checkReady(List<NodeFacts> members) {
        NodeFacts by = null;
        boolean v8 = false;
        for (NodeFacts member : members) {
            ResourceState state = DrbdFacts.state(member, resource);
            if (!state.isUpToDateEverywhere()) {
                refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                        .on(member.name())
                        .found("'" + resource + "' is not connected and UpToDate on all nodes")
                        .wouldLose("A node that does not take part would keep metadata for the old size")
                        .remedy("See drbdStatus, connect the nodes (drbdCreateResource) and wait with drbdWaitSync"));
            }
            boolean verifying = state.peerDevices().stream()
                    .anyMatch(volume -> volume.replication().state().isVerify());
            if (verifying) {
                refusals.add(Refusal.of(DrbdRefusal.VERIFYING)
                        .on(member.name())
                        .found("'" + resource + "' is being compared (online verify)")
                        .remedy("Wait for its end with drbdVerify; DRBD does not resize meanwhile"));
            }
            if (member.get(RunningOptions.probe(resource)).sizeLimited()) {
                refusals.add(Refusal.of(DrbdConfigurationRefusal.SIZE_CONFIGURED)
                        .on(member.name())
                        .found("'" + resource + "' is configured with a `size` of its own (disk section)")
                        .remedy("Remove `size` from its configuration with drbdCreateResource first"));
            }
            boolean better = by == null
                    || state.isPrimary() && !DrbdFacts.state(by, resource).isPrimary();
            if (better && state.isUpToDate()) {
                by = member;
            }
            v8 |= !DrbdFacts.is9(member);
        }
        if (by == null && !refusals.any()) {
            refusals.add(Refusal.of(DrbdRefusal.NO_GOOD_DATA)
                    .found("no node of '" + resource + "' in this step has all of its disks UpToDate")
                    .remedy("Add a node with the disks to withClusterNodes; see drbdStatus"));
        }
        if (by == null) {
            return null;
        }
        if (v8 && !DrbdFacts.state(by, resource).isPrimary()) {
            refusals.add(Refusal.of(DrbdRefusal.NO_PRIMARY)
                    .found("'" + resource + "' is Primary on no node, and DRBD 8 resizes only from a Primary")
                    .remedy("Promote a node with drbdPromote first"));
        }
        return by;
    }

    private Plan plan(List<NodeFacts> members, NodeFacts by, Map<Integer, Long> wanted) {
        Plan.Builder plan = new Plan.Builder();
        List<Change> resizes = new ArrayList<>();
        Map<Integer, Long> above = new LinkedHashMap<>();
        for (Map.Entry<Integer, Long> volume : wanted.entrySet()) {
            long now =
                    DrbdFacts.state(by, resource).volumes().get(volume.getKey()).sizeKib();
            above.put(volume.getKey(), now);
            plan.note("volume " + volume.getKey() + " of '" + resource + "' has " + now * KIB + " bytes, and its disks"
                    + " have room for " + volume.getValue());
            resizes.add(Command.of(by.name(), "drbdadm", "resize", resource + "/" + volume.getKey())
                    .hint("`dmesg` on the nodes shows the reason. The size is as it was unless drbdStatus "
                            + "says otherwise."));
        }
        String dump = "drbdsetup events2 --now --statistics " + resource;
        List<Change> waits = new ArrayList<>();
        for (NodeFacts member : members) {
            waits.add(new Await(
                    member.name(),
                    Event.of("'" + resource + "'", "grown and synchronised"),
                    "while sleep 2; do " + dump + " || exit; done",
                    progress -> new ResizeWatch(resource, member.name(), above, STALL, System::nanoTime, progress),
                    LIMIT,
                    null));
        }
        return plan.stage("use the new space", resizes)
                .stage("wait until the new space is synchronised on all nodes", waits)
                .build();
    }
}
