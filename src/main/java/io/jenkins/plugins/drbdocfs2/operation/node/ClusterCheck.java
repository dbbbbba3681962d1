package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes.Reach;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterDiagnosis.Finding;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterDiagnosis.Level;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.PeerLossReport;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * clusterCheck: checks whether the nodes can form a cluster. It reports all faults at once, and changes nothing.
 *
 * @param ports the TCP ports to test between the replication addresses of the nodes, separated by spaces or commas
 */
public record ClusterCheck(String ports) implements Operation {
    /** The default ports: of a first DRBD resource, and of o2cb. */
    public static final String PORTS = "7789 7777";

    /** Which of the programs that steps need are installed. */
    public static final Probe<Set<String>> TOOLS = SystemProbes.tools("drbdadm", "mkfs.ocfs2", "o2cb", "lvcreate");
    /** The kernel modules that steps need. */
    public static final List<String> MODULES = List.of("drbd", "ocfs2");

    private static final ProbeSet DRBD =
            ProbeSet.of(DrbdProbes.STATE, DrbdDevices.PROBE, FencingDevices.PROBE, LastFencing.PROBE);

    @Override
    public void check(List<Node> nodes) {
        List<String> words = ParameterRules.words(ports);
        Check.that(!words.isEmpty(), "ports", ports, "name at least one port");
        for (String word : words) {
            Check.that(word.matches("\\d{1,5}"), "ports", word, "be numbers, separated by spaces or commas");
            Check.range("ports", Integer.parseInt(word), 1, 65535);
        }
    }

    List<Integer> portNumbers() {
        return ParameterRules.words(ports).stream().map(Integer::valueOf).toList();
    }

    /** Probes whether a node reaches the others. */
    public Probe<Map<String, Reach>> reach(Node from, List<Node> nodes) {
        List<String> others = nodes.stream()
                .filter(node -> !node.equals(from))
                .map(Node::address)
                .distinct()
                .toList();
        return NetworkProbes.reach(others, portNumbers());
    }

    // The clock is probed alone and last: a short round trip gives a precise answer.
    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return ProbeSet.of(OsRelease.PROBE, TOOLS, NetworkProbes.ADDRESSES, reach(node, nodes), DrbdProbes.MODULE)
                    .and(MODULES.stream().map(SystemProbes::module).toList());
        }
        NodeFacts facts = known.node(node.name());
        if (ProbeOutcome.failureOf(facts) != null) {
            return ProbeSet.of();
        }
        if (!facts.has(DrbdProbes.STATE) && facts.get(NodeIdentity.PROBE).userId() == 0) {
            return DRBD;
        }
        ProbeSet more = ProbeSet.of(
                        resources(facts).stream().map(DrbdProbes::listed).toList())
                .missingIn(facts);
        return !more.isEmpty() || facts.has(SystemProbes.CLOCK) ? more : ProbeSet.of(SystemProbes.CLOCK);
    }

    /** The resources of a node. */
    static Set<String> resources(NodeFacts node) {
        if (!node.has(DrbdProbes.STATE)) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>(DrbdFacts.running(node).keySet());
        node.get(DrbdDevices.PROBE).devices().forEach(device -> names.add(device.resource()));
        return names;
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.NONE;
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals faults = new Refusals();
        Plan.Builder plan = new Plan.Builder();
        for (Finding finding : new ClusterDiagnosis(this, facts).all()) {
            if (finding.level() == Level.FAULT) {
                faults.add(Refusal.of(finding.kind())
                        .on(finding.node())
                        .found(finding.text())
                        .remedy(finding.remedy()));
            } else {
                plan.note((finding.level() == Level.WARNING ? Plan.WARNING : "") + finding.line());
            }
        }
        faults.check();
        generations(facts)
                .forEach((version, nodes) -> plan.note("DRBD " + version + " on " + String.join(", ", nodes)));
        peerLoss(facts).forEach((policy, nodes) -> plan.note(policy + " on " + String.join(", ", nodes)));
        return plan.build();
    }

    /** The nodes by the version of their module. */
    private static Map<String, List<String>> generations(ClusterFacts facts) {
        Map<String, List<String>> nodes = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            String version = module(node);
            if (!version.isEmpty()) {
                nodes.computeIfAbsent(version, key -> new ArrayList<>()).add(node.name());
            }
        }
        return nodes;
    }

    /** The nodes by the policy of their resources. */
    private static Map<String, List<String>> peerLoss(ClusterFacts facts) {
        Map<String, List<String>> nodes = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            for (String resource : resources(node)) {
                Object policy = PeerLossReport.of(node, resource).get("onPeerLoss");
                if (policy != null) {
                    nodes.computeIfAbsent(
                                    "onPeerLoss of '" + resource + "' is '" + policy + "'", key -> new ArrayList<>())
                            .add(node.name());
                }
            }
        }
        return nodes;
    }

    private static String module(NodeFacts node) {
        return node.has(DrbdProbes.MODULE) ? node.get(DrbdProbes.MODULE) : "";
    }

    @Override
    public Report report(Findings found) {
        return Report.ofNodes(found.facts(), node -> nodeReport(node, found.facts()));
    }

    private Map<String, Object> nodeReport(NodeFacts facts, ClusterFacts all) {
        Map<String, Object> report = identity(facts);
        if (ProbeOutcome.failureOf(facts) == null) {
            Map<String, Object> reached = new LinkedHashMap<>();
            facts.get(reach(
                            facts.node(),
                            all.all().stream().map(NodeFacts::node).toList()))
                    .forEach((place, reach) -> reached.put(
                            place, reach.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            report.put("ports", reached);
            Map<String, Object> peerLoss = new LinkedHashMap<>();
            resources(facts).forEach(resource -> peerLoss.put(resource, PeerLossReport.of(facts, resource)));
            report.put("peerLoss", peerLoss);
        }
        report.put(
                "findings",
                new ClusterDiagnosis(this, all)
                        .all().stream()
                                .filter(finding -> facts.name().equals(finding.node()))
                                .map(Finding::toMap)
                                .toList());
        return report;
    }

    private static Map<String, Object> identity(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("reachable", ProbeOutcome.failureOf(facts) == null);
        if (ProbeOutcome.failureOf(facts) == null) {
            report.put("uname", facts.get(NodeIdentity.PROBE).name());
            report.put("kernel", facts.get(NodeIdentity.PROBE).kernel());
            report.put("distribution", facts.get(OsRelease.PROBE).name());
            report.put("address", facts.node().address());
            Map<String, Object> modules = new LinkedHashMap<>();
            MODULES.forEach(module -> modules.put(
                    module, facts.get(SystemProbes.module(module)).name().toLowerCase(Locale.ROOT)));
            report.put("modules", modules);
            if (!module(facts).isEmpty()) {
                report.put("drbdModule", module(facts));
            }
            report.put("tools", List.copyOf(facts.get(TOOLS)));
            NodeClock clock = NodeClock.of(facts);
            if (clock != null) {
                report.put("clockOffsetSeconds", clock.middle());
            }
        }
        return report;
    }
}
