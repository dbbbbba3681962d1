package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
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
    record Seen(Map<String, Object> facts, StepHead step) {
        String word(String key) {
            return LenientJson.word(facts.get(key));
        }

        boolean isDown() {
            return LenientJson.isFalse(facts.get("up"));
        }

        boolean isGone() {
            return isDown() && LenientJson.isFalse(facts.get("configured"));
        }

        /** What it said of each of its peers by the peer's name where there are several; of one the sum says it all. */
        Map<String, Seen> peers() {
            Map<String, Seen> all = allPeers();
            return all.size() > 1 ? all : Map.of();
        }

        private Map<String, Seen> allPeers() {
            Map<String, Seen> peers = new LinkedHashMap<>();
            for (Object value : LenientJson.list(facts.get("peers"))) {
                Map<String, Object> peer = LenientJson.map(value);
                String name = LenientJson.word(peer.get("name"));
                if (name != null) {
                    peers.put(name, new Seen(peer, step));
                }
            }
            return peers;
        }

        /** The same with what it said of its connection to one peer in place of the sum; null where it did not say. */
        Seen toward(String peer) {
            Seen told = allPeers().get(peer);
            if (told == null) {
                return null;
            }
            Map<String, Object> merged = new LinkedHashMap<>(facts);
            List.of("connection", "replication", "outOfSyncKib").forEach(key -> merged.put(key, told.facts.get(key)));
            return new Seen(merged, step);
        }

        /** How far a synchronisation or comparison is, or null. */
        ProgressBar progress() {
            return ProgressBar.of(facts.get(StepResult.PROGRESS));
        }
    }

    /** What a result says of a node that was not looked at. */
    private static final Set<String> NOTHING_SEEN = Set.of("changed");

    private static final Set<String> LONG = Set.of("commands", "files", "planned", "stdout", "stderr");

    private final Map<String, Map<String, Seen>> resources = new LinkedHashMap<>();
    private final Map<String, TopologyMounts> mounts = new LinkedHashMap<>();
    private final Map<String, Seen> clusters = new LinkedHashMap<>();
    private final Map<String, Seen> unreachable = new LinkedHashMap<>();

    /** The same, to go on from. */
    Topology copy() {
        Topology copy = new Topology();
        resources.forEach((name, seen) -> copy.resources.put(name, new LinkedHashMap<>(seen)));
        mounts.forEach((node, all) -> copy.mounts.put(node, all.copy()));
        copy.clusters.putAll(clusters);
        copy.unreachable.putAll(unreachable);
        return copy;
    }

    /** Takes what a step found; the steps come in order. */
    void add(ReportStep step) {
        step.nodes().forEach((node, facts) -> {
            Map<String, Object> kept = new LinkedHashMap<>(facts);
            kept.keySet().removeAll(LONG);
            add(step, node, kept);
        });
    }

    private void add(ReportStep step, String node, Map<String, Object> facts) {
        Seen seen = new Seen(facts, step.head());
        String resource = LenientJson.word(step.result().get("resource"));
        if (LenientJson.isFalse(facts.get("reachable"))) {
            lose(node, resource, seen);
            return;
        }
        if (!NOTHING_SEEN.containsAll(facts.keySet())) {
            unreachable.remove(node);
        }
        if (resource != null && Stream.of("role", "disk", "up").anyMatch(facts::containsKey)) {
            put(resource, node, seen);
        }
        if (facts.get("resources") instanceof Map) {
            Map<String, Object> all = LenientJson.map(facts.get("resources"));
            List<String> down = resources.keySet().stream()
                    .filter(name -> seen(name, node) != null && !all.containsKey(name))
                    .toList();
            down.forEach(name -> put(name, node, new Seen(Map.of("up", false), step.head())));
            all.forEach((name, found) -> put(name, node, new Seen(LenientJson.map(found), step.head())));
        }
        if (facts.containsKey("online") && isNews(seen.step(), clusters.get(node))) {
            clusters.put(node, seen);
        }
        mounts.computeIfAbsent(node, name -> new TopologyMounts()).add(step, facts);
    }

    /** Nothing is known any more of what a node does that could not be asked. */
    private void lose(String node, String resource, Seen seen) {
        unreachable.put(node, seen);
        clusters.remove(node);
        mounts.put(node, new TopologyMounts());
        Seen unknown = unknown(seen);
        resources.forEach((name, byNode) -> byNode.computeIfPresent(node, (same, before) -> unknown));
        if (resource != null) {
            resources.computeIfAbsent(resource, name -> new LinkedHashMap<>()).put(node, unknown);
        }
    }

    private static Seen unknown(Seen lost) {
        return new Seen(Map.of("reachable", false), lost.step());
    }

    /** Whether a node could not be asked by the last step that tried. */
    boolean isUnreachable(String node) {
        return unreachable.containsKey(node);
    }

    private void put(String resource, String node, Seen seen) {
        Map<String, Seen> byNode = resources.computeIfAbsent(resource, name -> new LinkedHashMap<>());
        if (isNews(seen.step(), byNode.get(node))) {
            byNode.put(node, seen);
        }
    }

    private static boolean isNews(StepHead step, Seen known) {
        return known == null || isNews(step, known.step());
    }

    /** Whether what a step says replaces what another said before: a dry run assumes, the others have looked. */
    static boolean isNews(StepHead step, StepHead known) {
        return !step.dryRun() || known.dryRun();
    }

    /** The names of the nodes, in the order in which steps told of them. */
    Set<String> nodes() {
        return mounts.keySet();
    }

    /** The names of the resources that are configured anywhere, as far as is known. */
    List<String> resources() {
        return resources.entrySet().stream()
                .filter(entry -> !entry.getValue().values().stream().allMatch(Seen::isGone))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is known of a resource on a node, or null; a node that could not be asked has it if another has it for a peer. */
    Seen seen(String resource, String node) {
        Map<String, Seen> byNode = resources.get(resource);
        Seen lost = byNode.containsKey(node) ? null : unreachable.get(node);
        return lost != null
                        && byNode.values().stream()
                                .anyMatch(other -> other.allPeers().containsKey(node))
                ? unknown(lost)
                : byNode.get(node);
    }

    /** The places on a node where a filesystem is or was mounted. */
    Collection<TopologyMounts.Mount> mounts(String node) {
        return mounts.get(node).all();
    }

    /** What a node said of its OCFS2 cluster, or null. */
    Seen cluster(String node) {
        return clusters.get(node);
    }

    /** Whether there is nothing to tell but the nodes. */
    boolean isBare() {
        return resources().isEmpty()
                && mounts.values().stream().allMatch(all -> all.all().isEmpty());
    }

    /** Whether anything of it is known from a dry run alone. */
    boolean isAssumed() {
        return Stream.of(
                        resources().stream()
                                .flatMap(name -> resources.get(name).values().stream())
                                .map(Seen::step),
                        clusters.values().stream().map(Seen::step),
                        mounts.values().stream()
                                .flatMap(all -> all.all().stream())
                                .map(TopologyMounts.Mount::step))
                .flatMap(steps -> steps)
                .anyMatch(StepHead::dryRun);
    }
}
