package io.jenkins.plugins.drbdocfs2.result;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Nodes, resources and mounts, each as the newest step that told of it found it. What a dry run tells rests on what it
 * assumes, so it counts only where nothing else is known.
 */
final class Topology {
    /**
     * What a node said of a resource.
     *
     * @param facts what it said
     * @param step the step that asked
     */
    record Seen(Map<String, Object> facts, ReportStep step) {
        String word(String key) {
            return Tree.word(facts.get(key));
        }

        boolean isDown() {
            return Tree.isFalse(facts.get("up"));
        }

        boolean isGone() {
            return isDown() && Tree.isFalse(facts.get("configured"));
        }
    }

    private final Map<String, Map<String, Seen>> resources = new LinkedHashMap<>();
    private final Map<String, Mounts> mounts = new LinkedHashMap<>();
    private final Map<String, Seen> clusters = new LinkedHashMap<>();

    static Topology of(List<ReportStep> steps) {
        Topology topology = new Topology();
        steps.forEach(step -> step.nodes().keySet().forEach(node -> topology.mounts.put(node, new Mounts())));
        // dry runs first, so that all else replaces what they say
        Stream.concat(steps.stream().filter(ReportStep::dryRun), steps.stream().filter(step -> !step.dryRun()))
                .forEach(step -> step.nodes().forEach((node, facts) -> topology.add(step, node, facts)));
        topology.resources.values().removeIf(seen -> seen.values().stream().allMatch(Seen::isGone));
        return topology;
    }

    private void add(ReportStep step, String node, Map<String, Object> facts) {
        String resource = Tree.word(step.result().get("resource"));
        if (resource != null && Stream.of("role", "disk", "up").anyMatch(facts::containsKey)) {
            put(resource, node, facts, step);
        }
        if (facts.get("resources") instanceof Map) {
            Map<String, Object> all = Tree.map(facts.get("resources"));
            resources.forEach((name, seen) -> {
                if (seen.containsKey(node) && !all.containsKey(name)) {
                    seen.put(node, new Seen(Map.of("up", false), step));
                }
            });
            all.forEach((name, found) -> put(name, node, Tree.map(found), step));
        }
        if (facts.containsKey("online")) {
            clusters.put(node, new Seen(facts, step));
        }
        mounts.get(node).add(step, facts);
    }

    private void put(String resource, String node, Map<String, Object> facts, ReportStep step) {
        resources.computeIfAbsent(resource, name -> new LinkedHashMap<>()).put(node, new Seen(facts, step));
    }

    /** The names of the nodes, in the order in which steps told of them. */
    Set<String> nodes() {
        return mounts.keySet();
    }

    /** The names of the resources. */
    Set<String> resources() {
        return resources.keySet();
    }

    /** What is known of a resource on a node, or null. */
    Seen seen(String resource, String node) {
        return resources.get(resource).get(node);
    }

    /** The places on a node where a filesystem is or was mounted. */
    Collection<Mounts.Mount> mounts(String node) {
        return mounts.get(node).all();
    }

    /** What a node said of its OCFS2 cluster, or null. */
    Seen cluster(String node) {
        return clusters.get(node);
    }

    /** Whether there is nothing to tell but the nodes. */
    boolean isBare() {
        return resources.isEmpty()
                && mounts.values().stream().allMatch(all -> all.all().isEmpty());
    }

    /** Whether anything of it is known from a dry run alone. */
    boolean isAssumed() {
        return Stream.of(
                        resources.values().stream()
                                .flatMap(seen -> seen.values().stream())
                                .map(Seen::step),
                        clusters.values().stream().map(Seen::step),
                        mounts.values().stream()
                                .flatMap(all -> all.all().stream())
                                .map(Mounts.Mount::step))
                .flatMap(steps -> steps)
                .anyMatch(ReportStep::dryRun);
    }
}
