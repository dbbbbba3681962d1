package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * clusterTestFencing: cuts DRBD's connections of a node for a short time, so that the other node loses its peer and, with
 * fencing devices, fences it; then waits until all is as before, and tells how long each part took.
 *
 * @param node the node to lose
 */
public record ClusterTestFencing(String node) implements Operation, ChangesResources {
    static final Probe<Set<String>> TOOLS = SystemProbes.tools("nft", "iptables", "systemd-run");
    static final Probe<String> BOOT_ID =
            new Probe<>("boot id", "cat /proc/sys/kernel/random/boot_id", reading -> reading.text()
                    .strip());

    @Override
    public Map<String, Object> subject() {
        return Map.of("node", String.valueOf(node));
    }

    @Override
    public void check(List<Node> nodes) {
        ParameterRules.node("node", node, nodes);
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            ProbeSet all = ProbeSet.of(
                    DrbdProbes.VERSION,
                    DrbdProbes.STATE,
                    DrbdDevices.PROBE,
                    FencingDevices.PROBE,
                    Ocfs2Probes.STATE,
                    ResourceManagers.PROBE,
                    LossTimes.PROBE);
            return of.name().equals(node)
                    ? all.and(TOOLS, BOOT_ID, StorageProbes.MOUNTS)
                    : all.and(asFence().keepOff());
        }
        NodeFacts facts = known.node(of.name());
        List<Probe<?>> probes = new ArrayList<>();
        DrbdFacts.running(facts).keySet().forEach(name -> probes.add(DrbdProbes.listed(name)));
        if (!of.name().equals(node) && facts.get(FencingDevices.PROBE).nodes().contains(node)) {
            probes.add(DeviceAnswer.powerOf(node));
        }
        return ProbeSet.of(probes).missingIn(facts);
    }

    @Override
    public Set<String> changedResources(NodeFacts facts) {
        return DrbdFacts.running(facts).keySet();
    }

    /** The step that switches the same node. */
    ClusterFenceNode asFence() {
        return new ClusterFenceNode(node, "status", false);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new ClusterTestFencingPlan(this, facts).make();
    }

    @Override
    public Report report(Findings found) {
        Map<String, Object> whole = new LinkedHashMap<>();
        if (found.isOutcome()) {
            found.facts().all().stream()
                    .filter(other -> !other.name().equals(node))
                    .map(other -> other.get(LossTimes.PROBE))
                    .filter(times -> !times.isEmpty())
                    .findFirst()
                    .ifPresent(times -> whole.put("seconds", times));
        }
        return Report.ofNodes(found.facts(), this::nodeReport).and(whole);
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        Map<String, Object> roles = new LinkedHashMap<>();
        DrbdFacts.running(facts)
                .forEach((name, state) -> roles.put(name, state.role().word()));
        report.put("roles", roles);
        return report;
    }
}
