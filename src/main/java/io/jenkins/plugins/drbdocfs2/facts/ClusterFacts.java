package io.jenkins.plugins.drbdocfs2.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the nodes of a cluster said, in the order of the nodes. Immutable. */
public final class ClusterFacts {
    private final Map<String, NodeFacts> nodes = new LinkedHashMap<>();

    /** @param nodes the facts of each node */
    public ClusterFacts(Collection<NodeFacts> nodes) {
        nodes.forEach(facts -> this.nodes.put(facts.name(), facts));
    }

    /** The facts of all nodes, in order. */
    public List<NodeFacts> all() {
        return new ArrayList<>(nodes.values());
    }

    /** The names of the nodes, in order. */
    public List<String> names() {
        return new ArrayList<>(nodes.keySet());
    }

    /** The facts of a node, or null where it was not asked. */
    public NodeFacts node(String name) {
        return nodes.get(name);
    }

    /** Whether nobody was asked. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** These facts and those of a later inquiry, which win. */
    public ClusterFacts and(ClusterFacts later) {
        List<NodeFacts> merged = new ArrayList<>();
        for (NodeFacts facts : nodes.values()) {
            NodeFacts more = later.node(facts.name());
            merged.add(more == null ? facts : facts.and(more));
        }
        later.all().stream().filter(facts -> !nodes.containsKey(facts.name())).forEach(merged::add);
        return new ClusterFacts(merged);
    }
}
