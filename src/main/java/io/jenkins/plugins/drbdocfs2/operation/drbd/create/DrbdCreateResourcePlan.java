package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText.Rendered;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.ConnectionWatch;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.PolledWatch;
import io.jenkins.plugins.drbdocfs2.operation.fencing.PeerLossFiles;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDiskCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Fencing;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The plan of {@link DrbdCreateResource}. */
final class DrbdCreateResourcePlan {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);
    private static final String MODE = "0600";

    private final DrbdCreateResource step;
    private final ResourceSpec spec;
    private final Resource resource;
    private final Rendered rendered;
    private final ClusterFacts facts;
    private final Refusals refusals = new Refusals();
    private final PeerLossChoice peerLoss;
    private final TwoPrimariesCheck twoPrimaries;
    private final DataToKeep keep;
    private final List<Change> handlers = new ArrayList<>();
    private final List<Change> files = new ArrayList<>();
    private final List<Change> metadata = new ArrayList<>();
    private final List<Change> activations = new ArrayList<>();
    private final List<Change> undo = new ArrayList<>();
    private final List<Change> undoOfUp = new ArrayList<>();
    private final Set<String> notConnected = new HashSet<>();

    DrbdCreateResourcePlan(DrbdCreateResource step, Resource resource, Rendered rendered, ClusterFacts facts) {
        this.step = step;
        this.spec = step.spec();
        this.resource = resource;
        this.rendered = rendered;
        this.facts = facts;
        this.peerLoss =
                step.peerLoss(spec.on(facts.all().stream().map(NodeFacts::node).toList()), facts);
        this.twoPrimaries = new TwoPrimariesCheck(resource, step.keepMetadata() || step.keepDataOf() != null);
        this.keep = new DataToKeep(step.keepDataOf(), resource, facts);
    }

    Plan make() throws RefusedException {
        List<NodeFacts> members =
                resource.hosts().stream().map(host -> facts.node(host.node())).toList();
        checkVersions(members);
        members.forEach(member -> BackingDiskCheck.check(member, spec.name(), refusals));
        refusals.check();
        checkSplitBrain(members);
        checkNodeIds();
        peerLoss.check(resource, facts, refusals);
        KeptDataCheck.check(spec.name(), members, member -> file(member).wanted(), refusals);
        if (step.keepDataOf() != null) {
            ConfiguredResource wanted = file(keep.keeper()).wanted();
            new DataToKeepCheck(keep, step.overwrite(), wanted, refusals).check();
        }
        members.forEach(this::decide);
        refusals.check();
        // The file comes after the metadata: without it, neither a boot nor the next run after an interruption takes
        // the content of the disks for that of this resource.
        Plan.Builder plan = new Plan.Builder()
                .stage("create metadata", metadata)
                .stage("put the fence-peer handler in place", handlers);
        if (keep.isPending()) {
            stages(plan, " on " + keep.node(), member -> member.equals(keep.node()));
            plan.stage("declare the data of " + keep.node() + " good", List.of(keep.declare()));
            stages(plan, " on the other nodes", member -> !member.equals(keep.node()));
        } else {
            stages(plan, "", member -> true);
        }
        plan.stage("wait for the connection", waits(members));
        if (!files.isEmpty()) {
            rendered.notes().forEach(plan::note);
        }
        peerLoss.notes(spec.name()).forEach(plan::note);
        keep.notes().forEach(plan::note);
        warnings(members).forEach(plan::note);
        return plan.build();
    }

    private void stages(Plan.Builder plan, String where, Predicate<String> nodes) {
        plan.stage("put " + spec.path() + " in place" + where, on(nodes, files), on(nodes, undo))
                .stage("bring '" + spec.name() + "' up" + where, on(nodes, activations), on(nodes, undoOfUp));
    }

    private static List<Change> on(Predicate<String> nodes, List<Change> changes) {
        return changes.stream().filter(change -> nodes.test(change.node())).toList();
    }

    private List<String> warnings(List<NodeFacts> members) {
        Set<String> warnings = new LinkedHashSet<>();
        for (NodeFacts member : members) {
            EffectiveOptions options = new EffectiveOptions(
                    resource.options(), file(member).wanted().common());
            if (resource.dualPrimary()) {
                warnings.addAll(Fencing.warnings(spec.name(), options, false));
            }
            warnings.addAll(twoPrimaries.warnings(member));
            warnings.addAll(SplitBrainPolicies.warnings(spec.name(), options));
            DrbdFacts.generation(member)
                    .flatMap(generation -> SyncRate.warning(spec.name(), options, generation))
                    .ifPresent(warnings::add);
        }
        return List.copyOf(warnings);
    }

    private void checkVersions(List<NodeFacts> members) {
        Set<DrbdGeneration> generations = new HashSet<>();
        for (NodeFacts member : members) {
            ResourceCheck.checkAnswer(member, refusals);
            DrbdFacts.generation(member).ifPresent(generations::add);
        }
        if (generations.size() > 1) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.GENERATIONS_DIFFER)
                    .found("the nodes run different generations of DRBD (" + generations + ")")
                    .wouldLose("One text of " + spec.path() + " cannot fit both")
                    .remedy("Install the same drbd module and drbd-utils on all nodes"));
        }
    }

    // Reconnecting after a split brain would let the after-sb policies discard one side's writes.
    private void checkSplitBrain(List<NodeFacts> members) {
        for (String pair : GenerationComparison.splitPairs(members, resource)) {
            refusals.add(Refusal.of(DrbdRefusal.SPLIT_BRAIN)
                    .found("'" + spec.name() + "' has split: " + pair
                            + " were both written to since they last had the same data")
                    .wouldLose("Connecting them could discard one side's writes")
                    .remedy("See both sides with drbdStatus, then name the side to discard with "
                            + "drbdResolveSplitBrain"));
        }
    }

    private void checkNodeIds() {
        for (String conflict : step.nodeIds(facts).conflicts()) {
            NodeIdAssignment.refuse(null, spec.name(), conflict, refusals);
        }
    }

    private ConfiguredResource configured(NodeFacts node) {
        return DrbdFacts.configured(node, spec.name());
    }

    private ResourceFilePlan file(NodeFacts node) {
        return step.file(resource, rendered, node);
    }

    private void decide(NodeFacts node) {
        ResourceFilePlan file = file(node);
        if (file.differs()) {
            files.add(new PutFile(node.name(), spec.path(), file.file().textOrNull(), file.wantedText(), MODE));
        } else if (!spec.secrets().isEmpty()
                && file.file().exists()
                && !MODE.endsWith(file.file().mode())) {
            files.add(Command.of(node.name(), "chmod", MODE, spec.path()));
        }
        if (peerLoss.needsHandler()) {
            handlers.addAll(PeerLossFiles.changes(node));
        }
        file.check(facts, refusals);
        ConfiguredResource wanted = file.wanted();
        ResourceState state = DrbdFacts.state(node, spec.name());
        putBack(node, file, state);
        new MinorAndPortCheck(resource, refusals).check(node);
        EffectiveOptions options = new EffectiveOptions(resource.options(), wanted.common());
        SplitBrainPolicies.refuse(node.name(), spec.name(), options, refusals);
        peerLoss.checkTimes(node, options, refusals);
        twoPrimaries.check(node, refusals);
        metadata.addAll(new MetadataPlan(step, file, keep, facts, refusals).make());
        activate(node, wanted, state);
    }

    // A file that could not be applied would differ from the running resource, now and at the next boot.
    private void putBack(NodeFacts node, ResourceFilePlan file, ResourceState state) {
        if (!file.differs()) {
            return;
        }
        boolean isNew = !file.file().exists();
        PutFile before = new PutFile(
                node.name(),
                spec.path(),
                file.wantedText(),
                file.file().textOrNull(),
                isNew ? MODE : file.file().mode());
        if (isNew && state == null) {
            undoOfUp.add(Command.of(node.name(), "drbdadm", "down", spec.name()));
        }
        undo.add(before);
        undoOfUp.add(before);
        if (!isNew && state != null) {
            Command adjust = Command.of(node.name(), "drbdadm", "adjust", spec.name());
            undo.add(adjust);
            undoOfUp.add(adjust);
        }
    }

    private void activate(NodeFacts node, ConfiguredResource wanted, ResourceState state) {
        String hint = "See `dmesg` on " + node.name() + " for the kernel's reason.";
        if (state == null) {
            activations.add(
                    Command.of(node.name(), "drbdadm", "up", spec.name()).hint(hint));
            notConnected.add(node.name());
            return;
        }
        boolean toCome = SimulatedDrbd.isToCome(node, spec.name()); // then the effect of adjusting is unknown
        if (!toCome) {
            AdjustCheck.check(node.name(), spec.name(), wanted, state, refusals);
        }
        AdjustCheck.checkOptions(
                node.name(),
                spec.name(),
                state,
                resource.dualPrimary(),
                configured(node).options(),
                wanted.options(),
                refusals);
        boolean adjusts = toCome ? file(node).differs() : !wanted.adjust().isEmpty();
        if (adjusts) {
            activations.add(
                    Command.of(node.name(), "drbdadm", "adjust", spec.name()).hint(hint));
        }
        if (adjusts || !state.isConnected()) {
            notConnected.add(node.name());
        }
    }

    private List<Change> waits(List<NodeFacts> members) {
        List<Change> waits = new ArrayList<>();
        if (!notConnected.isEmpty()) {
            for (NodeFacts member : members) {
                waits.add(PolledWatch.of(
                        member,
                        resource,
                        new Await(
                                member.name(),
                                Event.of("'" + spec.name() + "'", "connected"),
                                "drbdsetup events2 " + spec.name(),
                                progress -> new ConnectionWatch(spec.name(), member.name(), resource.volumeNumbers()),
                                CONNECT_TIMEOUT,
                                "Can the nodes reach each other at " + addresses()
                                        + "? See firewalls, and `dmesg` on the nodes.")));
            }
        }
        return waits;
    }

    private String addresses() {
        return String.join(
                " and ",
                resource.hosts().stream()
                        .map(host -> host.address() + " port " + host.port())
                        .toList());
    }
}
