package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The split-brain state of a resource and its evidence: connected nodes have none; otherwise the generation identifiers in
 * the metadata of all nodes decide. DRBD itself reports a split brain only in its kernel log, and only after the nodes have
 * met again.
 */
public final class SplitBrainReport {
    private final String resource;
    private final ClusterFacts facts;
    private final List<NodeFacts> members;
    private final List<String> split = new ArrayList<>();
    private final List<String> compared = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** A report of a resource; it needs the configuration of the resource and the state of the nodes. */
    public SplitBrainReport(String resource, ClusterFacts facts) {
        this.resource = resource;
        this.facts = facts;
        this.members = DrbdFacts.members(facts, resource);
    }

    /** Whether the metadata are needed: if not all nodes of the resource are connected to all their peers. */
    public boolean needsMetadata() {
        return !members.stream()
                .map(member -> DrbdFacts.state(member, resource))
                .allMatch(state -> state != null && state.isConnected());
    }

    /** {@code splitBrain}, {@code splitBrainKnown}, {@code splitBrainBy}, and of a split {@code splitBetween}. */
    public Map<String, Object> toMap() {
        if (members.isEmpty()) {
            return Map.of();
        }
        if (!needsMetadata()) {
            String names = members.stream().map(NodeFacts::name).collect(Collectors.joining(" and "));
            return report(
                    "the connections: " + names + (members.size() == 1 ? " is" : " are") + " connected to all peers,"
                            + " and before that DRBD has compared the generation identifiers itself");
        }
        Resource configured = DrbdFacts.configured(members.get(0), resource).resource();
        for (Resource.Host host : configured.hosts()) {
            NodeFacts member = facts.node(host.node());
            if (member == null || !members.contains(member)) {
                unknown.add(host.node()
                        + (member == null
                                ? " was not probed"
                                : DrbdFacts.configured(member, resource).isKnown()
                                        ? " does not have the resource"
                                        : "'s configuration cannot be read"));
            }
        }
        for (int i = 0; i < members.size(); i++) {
            for (NodeFacts other : members.subList(i + 1, members.size())) {
                compare(members.get(i), other, configured);
            }
        }
        return report(by());
    }

    /** The pairs of nodes that have split, of a report. */
    @SuppressWarnings("unchecked") // a report has texts there
    public static List<String> splitBetween(Map<String, Object> report) {
        return (List<String>) report.getOrDefault("splitBetween", List.of());
    }

    private Map<String, Object> report(String by) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("splitBrain", !split.isEmpty());
        report.put("splitBrainKnown", !split.isEmpty() || unknown.isEmpty());
        report.put("splitBrainBy", by);
        if (!split.isEmpty()) {
            report.put("splitBetween", split);
        }
        return report;
    }

    private void compare(NodeFacts one, NodeFacts other, Resource configured) {
        Map<Integer, Relation> relations = GenerationComparison.relations(one, other, configured);
        for (Resource.Volume volume : GenerationComparison.comparable(one, other, configured)) {
            Relation relation = relations.get(volume.number());
            String name = "volume " + volume.number() + " of " + one.name();
            if (relation == null) {
                unknown.add("the identifiers of " + name + " or of " + other.name() + " cannot be read");
                continue;
            }
            compared.add(name + " is " + SplitBrainSide.words(relation, other.name()) + " ("
                    + ids(one, other, configured, volume) + " and " + ids(other, one, configured, volume) + ")");
        }
        if (relations.containsValue(Relation.SPLIT_BRAIN)) {
            split.add(one.name() + " and " + other.name());
        }
    }

    private static String ids(NodeFacts node, NodeFacts peer, Resource configured, Resource.Volume volume) {
        GenerationIds ids = GenerationComparison.towards(node, peer, configured, volume.number());
        return GenerationComparison.words(ids);
    }

    private String by() {
        List<String> all = new ArrayList<>(compared);
        all.addAll(unknown);
        return "the generation identifiers in the metadata: " + String.join("; ", all);
    }
}
