package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdLimits;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.Inquiry;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * drbdStatus: tells what DRBD does on the nodes, and changes nothing.
 *
 * @param resource the resource to tell of; null for all that are up
 */
public record DrbdStatus(String resource) implements Operation {
    @Override
    public String step() {
        return "drbdStatus";
    }

    @Override
    public Map<String, Object> subject() {
        return resource == null ? Map.of() : Map.of("resource", resource);
    }

    @Override
    public void check(List<Node> nodes) {
        if (resource != null) {
            DrbdLimits.resourceName("resource", resource);
        }
    }

    @Override
    public Inquiry inquiry(Node node, List<Node> nodes, ClusterFacts known) {
        if (!known.isEmpty()) {
            return Inquiry.of();
        }
        return resource == null ? Inquiry.of(DrbdProbes.VERSION, DrbdProbes.STATE) : DrbdFacts.inquiry(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        if (resource != null) {
            DrbdFacts.checkKnown(facts, resource, refusals);
        }
        refusals.check();
        return Plan.nothing();
    }

    @Override
    public Map<String, Object> report(NodeFacts facts, List<Map<String, Object>> commands) {
        Map<String, Object> report = new LinkedHashMap<>();
        facts.get(DrbdProbes.VERSION).ifPresent(version -> {
            report.put("drbdUtils", version.utils());
            report.put("drbdModule", module(version));
        });
        if (resource != null) {
            report.putAll(DrbdFacts.report(facts, resource));
            return report;
        }
        Map<String, Object> resources = new LinkedHashMap<>();
        for (ResourceState state :
                facts.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources().values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            DrbdFacts.describe(state, one);
            resources.put(state.name(), one);
        }
        report.put("resources", resources);
        return report;
    }

    @Override
    public Map<String, Object> report(ClusterFacts facts) {
        List<NodeFacts> members = resource == null ? List.of() : DrbdFacts.members(facts, resource);
        if (members.isEmpty()) {
            return Map.of();
        }
        List<String> pairs = Generations.splitPairs(
                members, DrbdFacts.configured(members.get(0), resource).resource());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("splitBrain", !pairs.isEmpty());
        if (!pairs.isEmpty()) {
            report.put("splitBetween", pairs);
        }
        return report;
    }

    private static String module(DrbdVersion version) {
        return version.moduleLoaded() ? version.kernel() : "not loaded";
    }
}
