package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDiskCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Disks that are missing, changed, or without current data.
 *
 * @param resource the resource
 */
record DiskRule(String resource) implements HealthRule {
    private static final Set<DiskState> GONE = EnumSet.of(DiskState.DISKLESS, DiskState.DETACHING, DiskState.FAILED);

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            if (state != null) {
                state.volumes().values().forEach(volume -> check(node, state, volume, problems));
            }
            Refusals changed = new Refusals();
            BackingDiskCheck.check(node, resource, changed);
            changed.all()
                    .forEach(refusal -> problems.add(Problem.of(
                                    refusal.kind() == DrbdDiskRefusal.DISKS_UNKNOWN
                                            ? ProblemKind.UNREADABLE
                                            : ProblemKind.DISK_CHANGED,
                                    refusal)
                            .of(resource)));
        }
        return problems;
    }

    private void check(NodeFacts node, ResourceState state, DeviceState volume, List<Problem> problems) {
        String name = "volume " + volume.volume() + " of '" + resource + "' is " + volume.disk() + " there";
        if (volume.isClient() || volume.disk().is(DiskState.UP_TO_DATE)) {
            return;
        }
        if (GONE.contains(volume.disk().state())) {
            String rest = state.hasGoodData(volume.volume())
                    ? ", so the node uses the data of its peer"
                    : ", and no peer that it reaches has current data";
            problems.add(
                    Problem.of(ProblemKind.NO_DISK, node.name(), name + rest).of(resource));
        } else if (!isSynchronising(state, volume.volume())) {
            problems.add(Problem.of(ProblemKind.NOT_UP_TO_DATE, node.name(), name + ", and no synchronisation runs")
                    .of(resource));
        }
    }

    private static boolean isSynchronising(ResourceState state, int volume) {
        return state.peerDevices().stream()
                .filter(peer -> peer.volume() == volume)
                .map(PeerDeviceState::replication)
                .anyMatch(replication -> replication.state().isResync());
    }
}
