package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.SuspendedIoCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.TransientState;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterUnmount;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The plan of {@link DrbdSwitchover}; continues an interrupted run. */
final class DrbdSwitchoverPlan {
    private final DrbdSwitchover step;
    private final String resource;
    private final ClusterFacts facts;
    private final NodeFacts target;
    private final Refusals refusals = new Refusals();
    private final Plan.Builder plan = new Plan.Builder();

    DrbdSwitchoverPlan(DrbdSwitchover step, ClusterFacts facts) {
        this.step = step;
        this.resource = step.resource();
        this.facts = facts;
        this.target = facts.node(step.to());
    }

    Plan make() throws StepFailure {
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        ResourceState state = DrbdFacts.state(target, resource);
        ResourceCheck.checkUp(target, resource, refusals);
        refusals.check();
        List<NodeFacts> primaries = facts.all().stream()
                .filter(node -> DrbdFacts.isPrimary(node, resource))
                .toList();
        checkPrimaries(primaries, state);
        NodeFacts from =
                primaries.stream().filter(node -> node != target).findFirst().orElse(null);
        if (!state.isPrimary()) {
            checkReady(state, from);
        }
        if (from != null) {
            unmountAndDemote(from);
        }
        if (!state.isPrimary()) {
            plan.stage(
                    "make " + target.name() + " Primary",
                    List.of(TransientState.retried(Command.of(target.name(), "drbdadm", "primary", resource))
                            .hint(standsAfterDemotion(from))));
        }
        if (step.mountPoint() != null) {
            plan.stage("mount it on " + target.name(), new SwitchoverMount(step, facts).changes(from, refusals));
        }
        refusals.check();
        return plan.build();
    }

    private void checkPrimaries(List<NodeFacts> primaries, ResourceState state) throws RefusedException {
        if (primaries.size() > 1) {
            refusals.add(Refusal.of(DrbdRefusal.TWO_PRIMARIES)
                    .found("'" + resource + "' is Primary on "
                            + primaries.stream().map(NodeFacts::name).collect(Collectors.joining(" and "))
                            + ", so there is nothing to switch")
                    .remedy("Use it on either node; to have one Primary only, unmount on the other node "
                            + "(clusterUnmount) and demote it (drbdDemote)"));
        }
        if (primaries.isEmpty() && state.hasPrimaryPeer()) {
            String names = String.join(", ", facts.names());
            refusals.add(
                    isWholeResourceAsked()
                            ? Refusal.of(DrbdRefusal.PEER_STATE_OLD)
                                    .on(target.name())
                                    .found("it still regards its peer as Primary, but none of " + names + " is")
                                    .wouldLose("Its state of the peer is outdated: DRBD notices a lost connection only "
                                            + "after some seconds")
                                    .remedy("Run the step again in a moment; drbdStatus shows what each node sees")
                            : Refusal.of(DrbdRefusal.NOT_ASKED)
                                    .on(target.name())
                                    .found("the peer that is Primary is none of " + names)
                                    .remedy("Leave out nodes, or name that node too"));
        }
        refusals.check();
    }

    private boolean isWholeResourceAsked() {
        ConfiguredResource configured = DrbdFacts.configured(target, resource);
        return configured.isConfigured()
                && configured.hosts().stream().allMatch(host -> facts.names().contains(host.node()));
    }

    private void checkReady(ResourceState state, NodeFacts from) throws RefusedException {
        String back = from == null ? "" : "; " + from.name() + " stays Primary";
        for (DeviceState volume : state.volumes().values()) {
            if (!state.isReady(volume)) {
                refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                        .on(target.name())
                        .found("volume " + volume.volume() + " of '" + resource + "' is " + volume.disk()
                                + ", not UpToDate" + back)
                        .wouldLose("The new Primary would lack the newest data")
                        .remedy("Wait for the synchronisation with drbdWaitSync, and repair the disk if it"
                                + " is Diskless"));
            }
        }
        ResourceCheck.checkQuorum(target.name(), state, refusals);
        if (!isConnected(state, from)) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_CONNECTED)
                    .on(target.name())
                    .found("'" + resource + "' is not connected: " + DrbdFacts.connections(state) + back)
                    .wouldLose("The writes of the other node would be missing, and the data could split")
                    .remedy("Restore the connection (drbdStatus shows it, drbdCreateResource connects again). If the "
                            + "other node is dead and will not come back as it was, use drbdPromote"));
        } else if (from != null && !isUpToDateSeenFrom(from)) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                    .on(target.name())
                    .found(from.name() + ", which is Primary, does not see the data of '" + resource
                            + "' there as UpToDate; " + from.name() + " stays Primary")
                    .wouldLose("The new Primary would lack the newest data")
                    .remedy("Wait for the synchronisation with drbdWaitSync; drbdStatus shows what each node sees"));
        }
        refusals.check();
    }

    // The Primary has the newest data, so only the connection to it is needed; without one, any peer may have them.
    private static boolean isConnected(ResourceState state, NodeFacts from) {
        if (from == null) {
            return state.isConnected();
        }
        ConnectionStatus peer = peer(state, from.name());
        return peer != null && peer.isConnected();
    }

    // DRBD 8.4 does not report the name of its peer.
    private static ConnectionStatus peer(ResourceState state, String name) {
        Map<String, ConnectionStatus> peers = state.connections();
        return peers.size() == 1 ? peers.values().iterator().next() : peers.get(name);
    }

    private boolean isUpToDateSeenFrom(NodeFacts from) {
        ConnectionStatus seen = peer(DrbdFacts.state(from, resource), target.name());
        return seen != null
                && seen.volumes().values().stream()
                        .allMatch(
                                volume -> volume.isClient() || volume.peerDisk().is(DiskState.UP_TO_DATE));
    }

    private void checkUse(NodeFacts from, ResourceUse use) {
        if (!use.files().isEmpty() || !use.holders().isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.IN_USE)
                    .on(from.name())
                    .found("'" + resource + "' is in use: it is " + use.words())
                    .remedy("Stop what uses it, then run the step again; nothing is forced"));
        }
        if (DrbdFacts.state(from, resource).suspended() && !use.mounts().isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.SUSPENDED)
                    .on(from.name())
                    .found("DRBD has suspended the I/O of '" + resource + "', which is mounted at "
                            + String.join(" and ", use.mountPoints()))
                    .wouldLose("Unmounting flushes pending writes, so it would hang and could not be killed meanwhile")
                    .remedy(SuspendedIoCheck.remedy(DrbdFacts.state(from, resource))));
        }
        List<String> below = from.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> !use.mounts().contains(mount))
                .map(Mount::mountPoint)
                .filter(path -> use.mountPoints().stream().anyMatch(point -> path.startsWith(point + "/")))
                .toList();
        if (!below.isEmpty()) {
            refusals.add(Refusal.of(MountRefusal.MOUNTS_BELOW)
                    .on(from.name())
                    .found("other filesystems are mounted below " + String.join(", ", use.mountPoints()) + ": "
                            + String.join(", ", below))
                    .remedy("Unmount these first"));
        }
    }

    private void unmountAndDemote(NodeFacts from) {
        ResourceUse use = ResourceUse.of(from, resource);
        checkUse(from, use);
        List<Change> unmounts = new ArrayList<>();
        for (Mount mount : use.mounts()) {
            unmounts.add(0, ClusterUnmount.unmount(from.name(), mount.mountPoint(), mount.mountPoint()));
        }
        plan.stage("unmount it on " + from.name(), unmounts);
        plan.stage(
                "make " + from.name() + " Secondary",
                List.of(DrbdDemote.demote(
                        from.name(),
                        resource,
                        from.name() + " is still Primary" + (unmounts.isEmpty() ? "" : ", but no longer mounted")
                                + ". Something started to use the device after the check, or the kernel itself holds "
                                + "it open. Run the step again when the device is free.")));
        if (!unmounts.isEmpty() && step.mountPoint() == null) {
            plan.note("it was mounted at " + String.join(" and ", use.mountPoints()) + " on " + from.name()
                    + "; it is mounted nowhere now, since no mountPoint is given");
        }
        noteFstab(from);
    }

    private void noteFstab(NodeFacts from) {
        List<Resource.Volume> volumes = DrbdFacts.configured(from, resource).volumes();
        for (FstabEntry entry : new FstabLines(from).of(volumes)) {
            if (!Arrays.asList(entry.options().split(",")).contains("noauto")) {
                plan.note(from.name() + ": " + Fstab.PATH + " mounts " + entry.device() + " at " + entry.mountPoint()
                        + " at boot, which cannot succeed while it is Secondary. Give that line the options noauto and "
                        + "nofail, or remove it with clusterUnmount; this step does not change it");
            }
        }
    }

    private String standsAfterDemotion(NodeFacts from) {
        return "Current state: '" + resource + "' is Secondary on all nodes and mounted nowhere; no data are lost."
                + " `dmesg` on " + target.name() + " has the reason. Run the step again when the cause is fixed"
                + (from == null ? "." : ", or go back with drbdPromote on " + from.name() + ".");
    }
}
