package io.jenkins.plugins.drbdocfs2.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of the nodes of a cluster, in the order of the nodes. Immutable. */
public final class ClusterFacts {
    private final Map<String, NodeFacts> nodes = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Set<String> answering = new LinkedHashSet<>();

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

    /** The facts of a node, or null if it was not probed. */
    public NodeFacts node(String name) {
        return nodes.get(name);
    }

    /** The unreachable nodes with the reason, if these facts continue without them. */
    public Map<String, String> missing() {
        return Collections.unmodifiableMap(missing);
    }

    /** The missing nodes at whose address something answered: another machine, or one that accepts no login. */
    public Set<String> answering() {
        return Collections.unmodifiableSet(answering);
    }

    /** These facts without those of unreachable nodes, with the reasons. */
    public ClusterFacts without(Map<String, String> reasons) {
        return without(reasons, Set.of());
    }

    /** The same; something answered at the addresses of some of them. */
    public ClusterFacts without(Map<String, String> reasons, Set<String> answered) {
        ClusterFacts rest = new ClusterFacts(all().stream()
                .filter(facts -> !reasons.containsKey(facts.name()))
                .toList());
        rest.missing.putAll(missing);
        rest.missing.putAll(reasons);
        rest.answering.addAll(answering);
        rest.answering.addAll(answered);
        return rest;
    }

    /** Whether there are no facts of any node. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** These facts merged with those of later probes, which take precedence. */
    public ClusterFacts and(ClusterFacts later) {
        List<NodeFacts> merged = new ArrayList<>();
        for (NodeFacts facts : nodes.values()) {
            NodeFacts more = later.node(facts.name());
            merged.add(more == null ? facts : facts.and(more));
        }
        later.all().stream().filter(facts -> !nodes.containsKey(facts.name())).forEach(merged::add);
        ClusterFacts all = new ClusterFacts(merged);
        all.missing.putAll(missing);
        all.missing.putAll(later.missing);
        all.answering.addAll(answering);
        all.answering.addAll(later.answering);
        return all;
    }
}
