package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.Dialect;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceText.Rendered;
import io.jenkins.plugins.drbdocfs2.drbd.States;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.Change.Await;
import io.jenkins.plugins.drbdocfs2.operation.Change.Command;
import io.jenkins.plugins.drbdocfs2.operation.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides what a resource lacks on its nodes. */
final class ResourcePlan {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);
    private static final String MODE = "0600";
    private static final Pattern TAKES_AWAY =
            Pattern.compile(".*drbdsetup[-0-9.]*+ (detach|del-minor|down|del-resource)\\b.*", Pattern.DOTALL);
    private static final Pattern DISCONNECTS =
            Pattern.compile(".*drbdsetup[-0-9.]*+ (disconnect|del-peer|del-path)\\b.*", Pattern.DOTALL);

    private final ResourceSpec spec;
    private final Resource resource;
    private final Rendered rendered;
    private final DiskPlan disks;
    private final ClusterFacts facts;
    private final Refusals refusals = new Refusals();
    private final List<Change> files = new ArrayList<>();
    private final List<Change> metadata = new ArrayList<>();
    private final List<Change> activations = new ArrayList<>();
    private final Set<String> notConnected = new HashSet<>();

    ResourcePlan(
            ResourceSpec spec,
            Resource resource,
            Rendered rendered,
            Overwrite overwrite,
            boolean keepMetadata,
            ClusterFacts facts) {
        this.spec = spec;
        this.resource = resource;
        this.rendered = rendered;
        this.facts = facts;
        this.disks = new DiskPlan(resource, overwrite, keepMetadata, refusals);
    }

    Plan make() throws RefusedException {
        List<NodeFacts> members =
                resource.hosts().stream().map(host -> facts.node(host.node())).toList();
        checkVersions(members);
        checkSplitBrain(members);
        members.forEach(this::decide);
        refusals.check();
        Plan.Builder plan = new Plan.Builder()
                .stage("put " + spec.path() + " in place", files)
                .stage("create metadata", metadata)
                .stage("bring '" + spec.name() + "' up", activations)
                .stage("wait for the connection", waits(members));
        if (!files.isEmpty()) {
            rendered.notes().forEach(plan::note);
        }
        return plan.build();
    }

    private void checkVersions(List<NodeFacts> members) {
        Set<Dialect> dialects = new HashSet<>();
        for (NodeFacts member : members) {
            if (member.get(DrbdProbes.VERSION).isEmpty()) {
                refusals.add(member.name(), "drbdadm is not installed or does not run", null, "Run drbdInstall first");
            } else if (member.get(DrbdProbes.STATE).isEmpty()) {
                refusals.add(
                        member.name(),
                        "`drbdsetup events2 --now` gives no sensible answer, so the state of DRBD is unknown",
                        null,
                        "See whether drbd-utils fit the loaded module (`drbdadm --version`)");
            }
            member.get(DrbdProbes.VERSION).map(DrbdVersion::dialect).ifPresent(dialects::add);
        }
        if (dialects.size() > 1) {
            refusals.add(
                    null,
                    "the nodes run different generations of DRBD (" + dialects + ")",
                    "One text of " + spec.path() + " cannot fit both",
                    "Install the same drbd module and drbd-utils on all nodes");
        }
    }

    // To connect again after a split brain would let the after-sb policies throw one side's writes away.
    private void checkSplitBrain(List<NodeFacts> members) {
        for (String pair : Generations.splitPairs(members, resource)) {
            refusals.add(
                    null,
                    "'" + spec.name() + "' has split: " + pair + " were both written to since they last were the same",
                    "Connecting them could throw one side's writes away",
                    "See both sides with drbdStatus, then name the side to give up with drbdResolveSplitBrain");
        }
    }

    private ConfiguredResource configured(NodeFacts node) {
        return DrbdFacts.configured(node, spec.name());
    }

    private void decide(NodeFacts node) {
        String present = node.get(SystemProbes.file(spec.path())).textOrNull();
        boolean differs = !rendered.text().equals(present);
        if (differs) {
            files.add(new PutFile(node.name(), spec.path(), present, rendered.text(), MODE));
        }
        String mode = node.get(SystemProbes.file(spec.path())).mode();
        if (!differs && !spec.secrets().isEmpty() && !MODE.endsWith(mode)) {
            files.add(Command.of(node.name(), "chmod", MODE, spec.path()));
        }
        Probe<ConfiguredResource> candidate = DrbdProbes.candidate(spec.name(), spec.path(), rendered.text());
        ConfiguredResource wanted = differs && node.has(candidate) ? node.get(candidate) : configured(node);
        if (!wanted.error().isEmpty()) {
            refusals.add(
                    node.name(),
                    "drbdadm does not accept the resource together with the node's other files: " + wanted.error(),
                    null,
                    "Correct the step's parameters. Nothing has been put in place");
        }
        ResourceState state = DrbdFacts.state(node, spec.name());
        checkMinors(node);
        checkPort(node, state);
        metadata.addAll(disks.decide(node, configured(node), wanted, state));
        if (state == null) {
            activations.add(Command.of(node.name(), "drbdadm", "up", spec.name())
                    .hint("See `dmesg` on " + node.name() + " for the kernel's reason."));
            notConnected.add(node.name());
        } else {
            decideAdjust(node, wanted, state);
        }
    }

    private void decideAdjust(NodeFacts node, ConfiguredResource wanted, ResourceState state) {
        if (!wanted.adjustKnown() && wanted.error().isEmpty()) {
            refusals.add(
                    node.name(),
                    "`drbdadm -d adjust " + spec.name()
                            + "` fails, so it is not known whether the running resource is as configured",
                    null,
                    "Run it on the node to see its reason");
        }
        for (String command : wanted.adjust()) {
            if (TAKES_AWAY.matcher(command).matches()) {
                refusals.add(
                        node.name(),
                        "to make the running '" + spec.name() + "' what is asked for, DRBD would run `" + command + "`",
                        "A disk or device would be taken from a running resource",
                        "Remove the resource with drbdRemoveResource and create it anew, or leave its disks as they are");
            } else if (DISCONNECTS.matcher(command).matches() && bothPrimary(state)) {
                refusals.add(
                        node.name(),
                        "to make the running '" + spec.name() + "' what is asked for, DRBD would run `" + command
                                + "` while both nodes are Primary",
                        "The data would split if both were written to meanwhile",
                        "Unmount and demote one node first");
            }
        }
        if (!wanted.adjust().isEmpty()) {
            activations.add(Command.of(node.name(), "drbdadm", "adjust", spec.name())
                    .hint("See `dmesg` on " + node.name() + " for the kernel's reason."));
        }
        if (!wanted.adjust().isEmpty() || !state.isConnected()) {
            notConnected.add(node.name());
        }
    }

    private static boolean bothPrimary(ResourceState state) {
        return state.isPrimary()
                && state.connections().values().stream()
                        .anyMatch(peer -> peer.peerRole().equals(States.PRIMARY));
    }

    private void checkMinors(NodeFacts node) {
        for (ResourceState other :
                node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources().values()) {
            for (DeviceState volume : other.volumes().values()) {
                boolean same = resource.volumes().stream().anyMatch(mine -> mine.minor() == volume.minor());
                if (same && !other.name().equals(spec.name())) {
                    refusals.add(
                            node.name(),
                            "/dev/drbd" + volume.minor() + " belongs to the running resource '" + other.name() + "'",
                            null,
                            "Choose another device for '" + spec.name() + "'");
                }
            }
        }
    }

    private void checkPort(NodeFacts node, ResourceState state) {
        Resource.Host host = resource.host(node.name());
        Resource.Host before =
                configured(node).isConfigured() ? configured(node).resource().host(node.name()) : null;
        boolean own = state != null && before != null && before.port() == host.port();
        if (!own && node.get(StorageProbes.PORTS).has(host.address(), host.port())) {
            refusals.add(
                    node.name(),
                    "port " + host.port() + " is in use at " + host.address(),
                    null,
                    "Choose another port for '" + spec.name() + "'; each resource needs its own (`ss -ltnp` on the node"
                            + " shows whose it is)");
        }
    }

    private List<Change> waits(List<NodeFacts> members) {
        List<Change> waits = new ArrayList<>();
        if (!notConnected.isEmpty()) {
            for (NodeFacts member : members) {
                waits.add(new Await(
                        member.name(),
                        "'" + spec.name() + "' connected",
                        "drbdsetup events2 " + spec.name(),
                        progress -> new ConnectionWatch(spec.name(), member.name()),
                        CONNECT_TIMEOUT,
                        "Can the nodes reach each other at " + addresses()
                                + "? See firewalls, and `dmesg` on the nodes."));
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
