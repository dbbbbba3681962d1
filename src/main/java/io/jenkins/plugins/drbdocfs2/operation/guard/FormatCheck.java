package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checks before a device is formatted.
 *
 * @param device the path of the device
 * @param overwrite the content that may be lost
 */
public record FormatCheck(String device, Overwrite overwrite) {
    private static final String LOSS = "All files on it would be lost while in use";

    /** The probes for every node. */
    public ProbeSet probes() {
        return UsableDeviceCheck.probes(List.of(device))
                .and(Ocfs2Probes.volume(device), UnfinishedFilesystem.probe(device));
    }

    /** The device on a node. */
    public BlockDevice on(NodeFacts node) {
        return node.get(BlockDevice.probe(device));
    }

    /** The DRBD facts of the device on a node. */
    public Optional<DrbdDeviceFacts> drbd(NodeFacts node) {
        return DrbdDeviceFacts.of(node, on(node));
    }

    /** Whether it holds a filesystem whose creation was interrupted, so that there is nothing to lose. */
    public boolean isUnfinished(NodeFacts node) {
        return UnfinishedFilesystem.isOn(node, device);
    }

    /** Adds a note that such a filesystem is created again. */
    public void noteUnfinished(NodeFacts node, Plan.Builder plan) {
        if (isUnfinished(node)) {
            plan.note(node.name() + ": " + device + " holds " + on(node).content()
                    + ", whose creation was interrupted: it cannot be mounted, and never was; it is created again");
        }
    }

    /** Whether an earlier step of a dry run creates the device. */
    public boolean isToCome(NodeFacts node) {
        return on(node).kind() == BlockDevice.Kind.ABSENT
                && drbd(node).filter(volume -> volume.state() != null).isPresent();
    }

    /** Adds a note in a dry run if the content of the device is not known yet; returns whether a note was added. */
    public boolean noteUnseen(NodeFacts node, Plan.Builder plan) {
        if (on(node).isUnseen()) {
            plan.note(
                    node.name() + ": what " + device + " holds can be read only when its resource is Primary there, so"
                            + " this dry run cannot tell whether it would be formatted. Nothing that it holds would "
                            + "be overwritten"
                            + " unless overwrite names it");
        }
        return on(node).isUnseen();
    }

    /**
     * The node to format on: the first that can write to the device.
     *
     * @throws RefusedException if there is none
     */
    public NodeFacts formattingNode(ClusterFacts facts) throws RefusedException {
        List<NodeFacts> usable = new ArrayList<>();
        Refusals refusals = new Refusals();
        for (NodeFacts node : facts.all()) {
            whyUnusable(node).ifPresentOrElse(refusals::add, () -> usable.add(node));
        }
        if (usable.isEmpty()) {
            refusals.check();
        }
        return usable.get(0);
    }

    private Optional<Refusal> whyUnusable(NodeFacts node) {
        Optional<DrbdDeviceFacts> drbd = drbd(node);
        if (drbd.isPresent()) {
            return drbd.filter(volume -> !volume.isPrimary() || !volume.isUpToDate())
                    .map(volume -> Refusal.of(DrbdRefusal.NOT_PRIMARY)
                            .on(node.name())
                            .found("'" + volume.resource() + "', which " + device + " belongs to, is " + volume.words()
                                    + " there")
                            .remedy(
                                    "A filesystem is created on a node that is Primary and UpToDate: run drbdPromote (and"
                                            + " drbdWaitSync) first"));
        }
        return UsableDeviceCheck.of(node, device)
                .absence()
                .map(reason -> reason.remedy(
                        "Correct the name, or create the device first (drbdCreateResource, lvmCreateVolume)"));
    }

    /** Refuses if the device is in use on any node, or is a disk of a DRBD resource, or two Primaries are disconnected. */
    public void checkFree(ClusterFacts facts, String loss, Refusals refusals) {
        for (NodeFacts node : facts.all()) {
            UsableDeviceCheck.of(node, device)
                    .sharedFilesystem()
                    .checkUnused(
                            loss,
                            "Unmount it (clusterUnmount), or stop what uses it; no parameter allows this",
                            refusals);
            checkNoUnknownResources(node, refusals);
            checkPeersProbed(facts, node, loss, refusals);
        }
        DisconnectedPrimariesCheck.check(
                facts.all().stream().flatMap(one -> drbd(one).stream()).toList(), refusals);
    }

    // A Primary may have it mounted, and only a check on that node can tell.
    private void checkPeersProbed(ClusterFacts facts, NodeFacts node, String loss, Refusals refusals) {
        drbd(node).filter(volume -> volume.state() != null).ifPresent(volume -> {
            long primaries = volume.state().connections().values().stream()
                    .filter(peer -> peer.isPrimary())
                    .count();
            long probed = facts.all().stream()
                    .filter(other -> other != node
                            && drbd(other).filter(DrbdDeviceFacts::isPrimary).isPresent())
                    .count();
            if (primaries > probed
                    && facts.all().size() <= volume.state().connections().size()) {
                refusals.add(Refusal.of(DrbdRefusal.NOT_ASKED)
                        .on(node.name())
                        .found("a peer of '" + volume.resource()
                                + "' is Primary and was not probed, so whether it uses " + device + " is not known")
                        .wouldLose(loss)
                        .remedy("Leave out nodes, or name that node too"));
            }
        });
    }

    // The disks of a running resource without configuration are unknown.
    private void checkNoUnknownResources(NodeFacts node, Refusals refusals) {
        Set<String> unknown = new LinkedHashSet<>(DrbdFacts.running(node).keySet());
        node.get(DrbdDevices.PROBE).devices().forEach(known -> unknown.remove(known.resource()));
        if (drbd(node).isEmpty() && !unknown.isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NOT_CONFIGURED)
                    .on(node.name())
                    .found("DRBD runs " + String.join(", ", unknown)
                            + " there, which its configuration does not have, so whether " + device
                            + " is a disk of it is not known")
                    .wouldLose("The data of a resource could be lost")
                    .remedy("Put its file back, or take it down with drbdRemoveResource"));
        }
    }

    /** Whether overwrite names exactly the content of the device. */
    public boolean isStated(NodeFacts node) {
        return overwrite.allows(on(node).content());
    }

    /** All checks of the device; its content is checked only if nothing else prevents formatting. */
    public void checkAll(ClusterFacts facts, NodeFacts node, Refusals refusals) {
        Refusals use = new Refusals();
        checkFree(facts, LOSS, use);
        SlotMapCheck.check(node, on(node), LOSS, use);
        if (!use.any()) {
            checkContent(node, use);
        }
        refusals.addAll(use);
    }

    /** Refuses if the device holds content that overwrite does not name. */
    private void checkContent(NodeFacts node, Refusals refusals) {
        BlockDevice block = on(node);
        String content = isToCome(node) ? "" : block.content();
        boolean readable = block.readable() || isToCome(node);
        if (content.isEmpty() || isUnfinished(node) || readable && overwrite.allows(content)) {
            return;
        }
        refusals.add(Overwrite.refusal(content, readable)
                .on(node.name())
                .found(device + " holds " + (isToCome(node) ? content : block.shownContent())
                        + (overwrite.contents().isEmpty() ? "" : ", which is not what overwrite names"))
                .wouldLose("It would be lost")
                .remedy(
                        readable
                                ? "To confirm, set " + Overwrite.parameter(content)
                                : "See `dmesg` there for why it cannot be read; no parameter allows this"));
    }

    /**
     * Shell lines that exit with an error unless the device still has the checked content and is not mounted on the node.
     */
    public String guard(NodeFacts node) {
        return UsableDeviceCheck.of(node, device).guard();
    }
}
