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
 * Nodes, resources and mounts, each as reported by the latest step. The values of a dry run rest on assumptions, so they
 * count only if nothing else is known.
 */
public final class Topology {
    /**
     * The report of a node about a resource.
     *
     * @param facts the facts
     * @param step the step that reported it
     */
    public record Seen(Map<String, Object> facts, StepHead step) {
        /** The text of a fact; null if unknown. */
        public String word(String key) {
            return LenientJson.word(facts.get(key));
        }

        /** The same with what most steps do not report, from an earlier report. */
        Seen keeping(Seen earlier) {
            if (earlier == null || isDown()) {
                return this;
            }
            Map<String, Object> merged = new LinkedHashMap<>(facts);
            KEPT.stream()
                    .filter(earlier.facts::containsKey)
                    .forEach(key -> merged.putIfAbsent(key, earlier.facts.get(key)));
            return new Seen(merged, step);
        }

        /** Whether it is down. */
        public boolean isDown() {
            return LenientJson.isFalse(facts.get("up"));
        }

        /** Whether it is not configured. */
        public boolean isGone() {
            return isDown() && LenientJson.isFalse(facts.get("configured"));
        }

        /** The facts about each peer by its name, if there are several; for one peer the summary is enough. */
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

        /** The same with the connection to one peer instead of the summary; null if unknown. */
        Seen toward(String peer) {
            Seen peerFacts = allPeers().get(peer);
            if (peerFacts == null) {
                return null;
            }
            Map<String, Object> merged = new LinkedHashMap<>(facts);
            List.of("connection", "replication", "outOfSyncKib")
                    .forEach(key -> merged.put(key, peerFacts.facts.get(key)));
            return new Seen(merged, step);
        }

        /** The progress of a synchronisation or verify, or null. */
        ProgressBar progress() {
            return ProgressBar.of(facts.get(StepResult.PROGRESS));
        }
    }

    /** The value for a node that could not be checked. */
    private static final Set<String> NOTHING_SEEN = Set.of("changed");

    private static final List<String> KEPT = List.of("onPeerLoss", "lastFencing");

    private static final Set<String> LONG = Set.of("commands", "files", "planned", "stdout", "stderr");

    private final Map<String, Map<String, Seen>> resources = new LinkedHashMap<>();
    private final Map<String, TopologyMounts> mounts = new LinkedHashMap<>();
    private final Map<String, Seen> clusters = new LinkedHashMap<>();
    private final Map<String, Seen> unreachable = new LinkedHashMap<>();

    /** A copy to continue from. */
    Topology copy() {
        Topology copy = new Topology();
        resources.forEach((name, seen) -> copy.resources.put(name, new LinkedHashMap<>(seen)));
        mounts.forEach((node, all) -> copy.mounts.put(node, all.copy()));
        copy.clusters.putAll(clusters);
        copy.unreachable.putAll(unreachable);
        return copy;
    }

    /** Takes all of another one, with other nodes. */
    void absorb(Topology other) {
        other.resources.forEach((name, seen) ->
                resources.computeIfAbsent(name, none -> new LinkedHashMap<>()).putAll(seen));
        mounts.putAll(other.mounts);
        clusters.putAll(other.clusters);
        unreachable.putAll(other.unreachable);
    }

    /** Adds the findings of a step; steps are added in order. */
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
        if (facts.containsKey("online") && replaces(seen.step(), clusters.get(node))) {
            clusters.put(node, seen);
        }
        mounts.computeIfAbsent(node, name -> new TopologyMounts()).add(step, facts);
    }

    /** The state of an unreachable node is unknown. */
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

    /** Whether the last step could not reach a node. */
    public boolean isUnreachable(String node) {
        return unreachable.containsKey(node);
    }

    private void put(String resource, String node, Seen seen) {
        Map<String, Seen> byNode = resources.computeIfAbsent(resource, name -> new LinkedHashMap<>());
        if (replaces(seen.step(), byNode.get(node))) {
            byNode.put(node, seen.keeping(byNode.get(node)));
        }
    }

    private static boolean replaces(StepHead step, Seen known) {
        return known == null || replaces(step, known.step());
    }

    /** Whether the report of a step replaces an earlier one: dry runs assume, other steps read the state. */
    static boolean replaces(StepHead step, StepHead known) {
        return !step.dryRun() || known.dryRun();
    }

    /** The names of the nodes, in the order in which steps reported them. */
    public Set<String> nodes() {
        return mounts.keySet();
    }

    /** The names of all resources known to be configured. */
    public List<String> resources() {
        return resources.entrySet().stream()
                .filter(entry -> !entry.getValue().values().stream().allMatch(Seen::isGone))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The facts about a resource on a node, or null; an unreachable node has a resource if another node has it as a peer.
     */
    public Seen seen(String resource, String node) {
        Map<String, Seen> byNode = resources.get(resource);
        Seen lost = byNode.containsKey(node) ? null : unreachable.get(node);
        return lost != null
                        && byNode.values().stream()
                                .anyMatch(other -> other.allPeers().containsKey(node))
                ? unknown(lost)
                : byNode.get(node);
    }

    /** The mount points of a node, current or former. */
    public Collection<TopologyMounts.Mount> mounts(String node) {
        return mounts.get(node).all();
    }

    /** The facts of a node about its OCFS2 cluster, or null. */
    public Seen cluster(String node) {
        return clusters.get(node);
    }

    /** Whether only the nodes are known. */
    public boolean isBare() {
        return resources().isEmpty()
                && mounts.values().stream().allMatch(all -> all.all().isEmpty());
    }

    /** Whether a part is known only from a dry run. */
    public boolean isAssumed() {
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
