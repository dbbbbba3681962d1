package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdLimits;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.Inquiry;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;

/** An operation on a resource of DRBD that is there: what these ask, check and tell alike unless they say otherwise. */
interface OnResource extends Operation {
    /** The resource's name. */
    String resource();

    @Override
    default Map<String, Object> subject() {
        return Map.of("resource", String.valueOf(resource()));
    }

    @Override
    default void check(List<Node> nodes) {
        DrbdLimits.resourceName("resource", resource());
    }

    /** What to ask a node besides how the resource is configured and what it does. */
    default Inquiry besides(Node node) {
        return Inquiry.of();
    }

    @Override
    default Inquiry inquiry(Node node, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty() ? DrbdFacts.inquiry(resource()).and(besides(node).probes()) : Inquiry.of();
    }

    @Override
    default Report report(Findings found) {
        return Report.ofNodes(found.facts(), node -> DrbdFacts.report(node, resource()));
    }
}
