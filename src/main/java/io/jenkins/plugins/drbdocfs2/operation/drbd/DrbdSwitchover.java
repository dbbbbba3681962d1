package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedMounts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.MountPointRules;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdSwitchover: moves the Primary role and the mount to another node. Never by force: the new Primary has to be connected
 * and UpToDate.
 *
 * @param resource the resource
 * @param to the name of the node that becomes Primary
 * @param mountPoint the mount point there; null for none
 * @param type the type of the filesystem; null for that of the old mount, else what mount(8) detects
 */
public record DrbdSwitchover(String resource, String to, String mountPoint, String type)
        implements ResourceOperation, ChangesResources {

    @Override
    public Map<String, Object> subject() {
        return subject("to", to);
    }

    @Override
    public void check(List<Node> nodes) {
        ResourceOperation.super.check(nodes);
        ParameterRules.node("to", to, nodes);
        if (mountPoint != null) {
            MountPointRules.check("mountPoint", mountPoint);
        }
        if (type != null) {
            MountOptions.checkType("type", type);
            Check.that(mountPoint != null, "type", type, "be given together with mountPoint");
        }
    }

    @Override
    public ProbeSet besides(Node of) {
        ProbeSet probes = ResourceUse.probes().and(SystemProbes.file(Fstab.PATH), FstabDevices.PROBE);
        return mountPoint == null ? probes : probes.and(MountDirectory.probe(mountPoint));
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return ResourceOperation.super.probes(of, nodes, known);
        }
        if (mountPoint == null || !of.name().equals(to)) {
            return ProbeSet.of();
        }
        List<String> devices = new SwitchoverMount(this, known)
                .volumes().stream().map(Resource.Volume::device).toList();
        return devices.isEmpty()
                ? ProbeSet.of()
                : UsableDeviceCheck.probes(devices).missingIn(known.node(to));
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new DrbdSwitchoverPlan(this, facts).make();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            boolean primary = state != null && state.isPrimary();
            if (primary != node.name().equals(to)) {
                throw new StepFailure("on " + node.name() + ", '" + resource + "' is "
                        + (state == null ? "down" : state.role()) + " after all. Did somebody else change it? Run the"
                        + " step again.");
            }
        }
        if (mountPoint != null && mounted(after.node(to)) == null) {
            throw new StepFailure("on " + to + ", nothing is mounted at " + mountPoint + ", although mount reported "
                    + "no error. Did systemd unmount it again? See `journalctl -b` there.");
        }
    }

    /** What is mounted at the mount point, or null. */
    Mount mounted(NodeFacts node) {
        return MountDirectory.mounted(node, mountPoint).orElse(null);
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = ResourceReport.of(facts, resource);
        report.put("mountedAt", ResourceUse.of(facts, resource).mountPoints());
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        Mount mount = seen.all().stream()
                .flatMap(node -> ResourceUse.of(node, resource).mounts().stream())
                .findFirst()
                .orElse(null);
        boolean here = facts.name().equals(to);
        NodeFacts simulated = facts.change(DrbdProbes.STATE, state -> SimulatedDrbd.demoted(state, resource, !here))
                .change(DrbdProbes.STATE, state -> SimulatedDrbd.promoted(state, resource, here));
        if (here) {
            return SimulatedDrbd.readable(mounted(simulated, seen, mount), resource);
        }
        List<String> places = ResourceUse.of(seen.node(facts.name()), resource).mountPoints();
        return SimulatedMounts.unmounted(simulated, at -> places.contains(at.mountPoint()));
    }

    private NodeFacts mounted(NodeFacts facts, ClusterFacts seen, Mount before) {
        Resource.Volume volume = mountPoint == null
                ? null
                : new SwitchoverMount(this, seen).volume(before).orElse(null);
        if (volume == null) {
            return facts;
        }
        String known = before == null ? "auto" : before.type();
        return SimulatedMounts.mounted(
                facts,
                new Mount(
                        "147:" + volume.minor(),
                        "/",
                        mountPoint,
                        "rw",
                        type == null ? known : type,
                        volume.device(),
                        "rw"));
    }
}
