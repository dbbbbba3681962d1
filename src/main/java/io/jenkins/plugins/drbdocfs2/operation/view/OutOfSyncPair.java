package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two connected nodes, and the out-of-sync amount of a resource between them.
 *
 * @param nodes their names
 * @param kibByVolume by volume number; volumes that neither node reports are missing
 * @param kib of all volumes; null if neither node reports it for one
 */
public record OutOfSyncPair(List<String> nodes, Map<String, Long> kibByVolume, Long kib) {
    /** All reported pairs, in the order of the nodes. */
    public static List<OutOfSyncPair> all(ClusterFacts facts, String resource) {
        return ResourcePairs.of(facts, resource).entrySet().stream()
                .map(entry -> of(entry.getKey(), List.copyOf(entry.getValue().values())))
                .toList();
    }

    // Both ends count the same blocks, so the larger count is complete.
    private static OutOfSyncPair of(List<String> nodes, List<ConnectionStatus> sides) {
        Long kib = sides.stream()
                .map(ConnectionStatus::outOfSyncKib)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
        return new OutOfSyncPair(nodes, byVolume(sides), kib);
    }

    /** The largest known amount by volume number. */
    public static Map<String, Long> byVolume(List<ConnectionStatus> sides) {
        Map<Integer, Long> kib = new TreeMap<>();
        for (ConnectionStatus side : sides) {
            for (PeerDeviceState volume : side.volumes().values()) {
                if (volume.outOfSyncKib() != null) {
                    kib.merge(volume.volume(), volume.outOfSyncKib(), Math::max);
                }
            }
        }
        Map<String, Long> byName = new LinkedHashMap<>();
        kib.forEach((number, amount) -> byName.put(String.valueOf(number), amount));
        return byName;
    }

    /** The largest amount of a pair; empty if none is known to differ but some are unknown. */
    public static Optional<Long> most(List<OutOfSyncPair> pairs) {
        Optional<Long> most =
                pairs.stream().map(OutOfSyncPair::kib).filter(Objects::nonNull).max(Long::compare);
        boolean all = pairs.stream().allMatch(pair -> pair.kib() != null);
        return most.filter(kib -> all || kib > 0);
    }

    /** The other node of the pair. */
    public String other(String node) {
        return nodes.get(nodes.get(0).equals(node) ? 1 : 0);
    }

    /** Both names. */
    public String words() {
        return String.join(" and ", nodes);
    }

    /** The values for a result. */
    public Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("nodes", nodes);
        if (kib != null) {
            report.put("outOfSyncKib", kib);
        }
        report.put("outOfSyncKibByVolume", kibByVolume);
        return report;
    }
}
