package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.report.Topology.Seen;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connections of one resource from node to node. */
final class TopologyLane {
    private static final int TEXT = 26;
    private static final int BAR = 130;

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

    /** The indexes of the nodes that have the resource, and so have connections to draw. */
    List<Integer> members(List<String> nodes) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Seen seen = topology.seen(resource, nodes.get(i));
            if (seen != null && !seen.isGone() && (pair || !seen.isDown())) {
                members.add(i);
            }
        }
        return members;
    }

    /**
     * Draws the connections between neighbours.
     *
     * @param lefts the left edges of the boxes of the nodes
     * @param nodes the nodes
     * @param box the width of a box
     * @param y the position of the line
     */
    void write(List<Integer> lefts, List<String> nodes, int box, int y) {
        List<Integer> members = members(nodes);
        for (int i = 1; i < members.size(); i++) {
            int from = members.get(i - 1);
            int to = members.get(i);
            Seen left = topology.seen(resource, nodes.get(from));
            Seen right = topology.seen(resource, nodes.get(to));
            Seen there = left.toward(nodes.get(to));
            Seen back = right.toward(nodes.get(from));
            boolean reported = there != null || back != null;
            left = reported ? known(there, back) : left;
            right = reported ? known(back, there) : right;
            line(left, right, !reported && !pair, lefts.get(from) + box, lefts.get(to), y);
            if (pair) {
                words(left, right, (lefts.get(from) + box + lefts.get(to)) / 2, y);
            }
        }
    }

    private static Seen known(Seen one, Seen other) {
        return one == null ? other : one;
    }

    /**
     * Draws, above the boxes, the connections between nodes that are not neighbours, if they are known one by one.
     *
     * @param middles the middle of the top of each box
     * @param nodes the nodes
     * @param y the position of the tops
     */
    void arcs(List<Integer> middles, List<String> nodes, int y) {
        List<Integer> members = members(nodes);
        for (int i = 0; i < members.size(); i++) {
            for (int j = i + 2; j < members.size(); j++) {
                String from = nodes.get(members.get(i));
                String to = nodes.get(members.get(j));
                Seen there = topology.seen(resource, from).toward(to);
                Seen back = topology.seen(resource, to).toward(from);
                if (there != null || back != null) {
                    arc(
                            from,
                            to,
                            known(there, back),
                            known(back, there),
                            middles.get(members.get(i)),
                            middles.get(members.get(j)),
                            y);
                }
            }
        }
    }

    private void arc(String from, String to, Seen there, Seen back, int x1, int x2, int y) {
        StateHealth connection = health(there, back, "connection");
        StateHealth health = connection.worse(health(there, back, "replication"));
        boolean cut = isCut(connection, there, back);
        int height = arcHeight(x2 - x1);
        svg.begin(
                null,
                resource + ", " + from + " and " + to + ": "
                        + words(both(there, back, "connection"), both(there, back, "replication")));
        svg.curve("dr-link dr-link-" + (cut ? "cut" : health.id()), x1, x2, y, height);
        if (cut) {
            svg.shape("dr-cross", "M0 0 10 10M10 0 0 10", (x1 + x2) / 2 - 5, y - height * 3 / 4 - 5);
        }
        svg.end();
    }

    /** The height of the control points of an arc above the boxes; the arc reaches three quarters of it. */
    static int arcHeight(int width) {
        return 24 + width / 24;
    }

    private static boolean isCut(StateHealth connection, Seen left, Seen right) {
        return connection == StateHealth.BAD || connection == StateHealth.BUSY || left.isDown() || right.isDown();
    }

    // uncertain: each node reported only the worst of its connections
    private void line(Seen left, Seen right, boolean unsure, int from, int to, int y) {
        StateHealth connection = health(left, right, "connection");
        StateHealth health = connection.worse(health(left, right, "replication"));
        boolean open = unsure && connection == StateHealth.BUSY;
        boolean cut = !open && isCut(connection, left, right);
        svg.line("dr-link dr-link-" + (cut ? "cut" : open ? "none" : health.id()), from, y, to, y);
        if (cut) {
            svg.shape("dr-cross", "M0 0 10 10M10 0 0 10", (from + to) / 2 - 5, y - 5);
        } else {
            arrow(left, right, from, to, y);
        }
    }

    private void words(Seen left, Seen right, int middle, int y) {
        StateHealth connection = health(left, right, "connection");
        svg.middle("dr-" + connection.id(), middle, y - 12, both(left, right, "connection"), TEXT);
        StateHealth replication = health(left, right, "replication");
        svg.middle("dr-" + replication.id(), middle, y + 21, both(left, right, "replication"), TEXT);
        ProgressBar progress =
                known(left.progress() == null ? right : left, right).progress();
        long missing = Math.max(outOfSync(left), outOfSync(right));
        if (progress != null) {
            svg.bar(progress, middle - BAR / 2, y + 27, BAR);
            svg.middle(
                    "dr-quiet", middle, y + 49, progress.rounded() + " % of " + resource + " " + progress.what(), TEXT);
        } else if (missing > 0) {
            svg.middle("dr-quiet", middle, y + 37, Amounts.bytes(missing * 1024.0) + " out of sync", TEXT);
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

    private static StateHealth health(Seen left, Seen right, String key) {
        return StateHealth.of(left.word(key)).worse(StateHealth.of(right.word(key)));
    }

    private static String both(Seen left, Seen right, String key) {
        return Stream.of(left, right)
                .map(seen -> seen.word(key))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /** The out-of-sync amount of a resource on a node, in KiB. */
    static long outOfSync(Seen seen) {
        Long kib = LenientJson.number(seen.facts().get("outOfSyncKib"));
        return kib == null ? 0 : kib;
    }

    /** The words that are known, with commas. */
    static String words(String... words) {
        String known = Stream.of(words).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return known.isEmpty() ? "not connected" : known;
    }
}
