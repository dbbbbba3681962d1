package io.jenkins.plugins.drbdocfs2.result;

import io.jenkins.plugins.drbdocfs2.result.Topology.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connection of one resource from node to node. */
final class TopologyLane {
    private static final int TEXT = 26;

    private final Topology topology;
    private final SvgWriter svg;
    private final String resource;
    private final boolean pair;

    TopologyLane(Topology topology, SvgWriter svg, String resource, boolean pair) {
        this.topology = topology;
        this.svg = svg;
        this.resource = resource;
        this.pair = pair;
    }

    /**
     * Draws it.
     *
     * @param lefts where the boxes of the nodes begin
     * @param nodes the nodes
     * @param box how wide a box is
     * @param y where the line goes
     */
    void write(List<Integer> lefts, List<String> nodes, int box, int y) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Seen seen = topology.seen(resource, nodes.get(i));
            if (seen != null && !seen.isGone() && (pair || !seen.isDown())) {
                members.add(i);
            }
        }
        for (int i = 1; i < members.size(); i++) {
            int from = members.get(i - 1);
            int to = members.get(i);
            Seen left = topology.seen(resource, nodes.get(from));
            Seen right = topology.seen(resource, nodes.get(to));
            between(left, right, lefts.get(from) + box, lefts.get(to), y);
        }
    }

    private void between(Seen left, Seen right, int from, int to, int y) {
        Health connection = health(left, right, "connection");
        Health health = connection.worse(health(left, right, "replication"));
        // of three nodes and more, each tells the worst of its connections, and not to whom
        boolean unsure = !pair && connection == Health.BUSY;
        boolean cut =
                connection == Health.BAD || !unsure && connection == Health.BUSY || left.isDown() || right.isDown();
        int middle = (from + to) / 2;
        svg.line("dr-link dr-link-" + (cut ? "cut" : unsure ? "none" : health.id()), from, y, to, y);
        if (cut) {
            svg.shape("dr-cross", "M0 0 10 10M10 0 0 10", middle - 5, y - 5);
        } else {
            arrow(left, right, from, to, y);
        }
        if (pair) {
            svg.middle("dr-" + connection.id(), middle, y - 12, both(left, right, "connection"), TEXT);
            Health replication = health(left, right, "replication");
            svg.middle("dr-" + replication.id(), middle, y + 21, both(left, right, "replication"), TEXT);
            long missing = Math.max(outOfSync(left), outOfSync(right));
            if (missing > 0) {
                svg.middle("dr-quiet", middle, y + 37, Amounts.bytes(missing * 1024.0) + " out of sync", TEXT);
            }
        }
    }

    private void arrow(Seen left, Seen right, int from, int to, int y) {
        if (isTarget(right) || isSource(left)) {
            svg.shape("dr-arrow", "M0 0 9 6 0 12z", to - 12, y - 6);
        } else if (isTarget(left) || isSource(right)) {
            svg.shape("dr-arrow", "M9 0 0 6 9 12z", from + 3, y - 6);
        }
    }

    private static boolean isSource(Seen seen) {
        return "SyncSource".equals(seen.word("replication")) || "PausedSyncS".equals(seen.word("replication"));
    }

    private static boolean isTarget(Seen seen) {
        return "SyncTarget".equals(seen.word("replication")) || "PausedSyncT".equals(seen.word("replication"));
    }

    private static Health health(Seen left, Seen right, String key) {
        return Health.of(left.word(key)).worse(Health.of(right.word(key)));
    }

    private static String both(Seen left, Seen right, String key) {
        return Stream.of(left, right)
                .map(seen -> seen.word(key))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /** How much of a resource is out of sync, as a node sees it, in KiB. */
    static long outOfSync(Seen seen) {
        Long kib = Tree.number(seen.facts().get("outOfSyncKib"));
        return kib == null ? 0 : kib;
    }

    /** The words that are known, with commas. */
    static String words(String... words) {
        String known = Stream.of(words).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return known.isEmpty() ? "not connected" : known;
    }
}
