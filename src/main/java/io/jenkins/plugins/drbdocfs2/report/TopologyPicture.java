package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.report.Topology.Seen;
import io.jenkins.plugins.drbdocfs2.report.TopologyMounts.Mount;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nodes as boxes with their resources and mounts, and the connections between them. */
public final class TopologyPicture {
    private static final int MAX_ITEMS = 24;
    private static final int MARGIN = 4;
    private static final int BOX = 236;
    private static final int PAD = 14;
    private static final int HEAD = 44;
    private static final int ROW = 24;
    private static final int FOOT = 8;
    private static final int MAX_WITH_ARCS = 6;
    private static final int ARCS_APART = 16;

    private final Topology topology;
    private final int number;
    private final boolean building;
    private final Function<StepHead, String> source;
    private final SvgWriter svg;
    private final List<String> nodes;
    private final List<String> resources;
    private final boolean pair;
    private final int gap;
    private final int band;
    private final int roof;

    /**
     * A picture.
     *
     * @param number tells the pictures of a page apart
     * @param building whether the build runs, so that its steps may report more
     * @param source tells the step that reported a part, for its tooltip
     */
    public TopologyPicture(
            Topology topology, int number, boolean building, Function<StepHead, String> source, HtmlWriter html) {
        this.topology = topology;
        this.number = number;
        this.building = building;
        this.source = source;
        this.svg = new SvgWriter(html);
        this.nodes = topology.nodes().stream().limit(MAX_ITEMS).toList();
        this.resources = topology.resources().stream().limit(MAX_ITEMS).toList();
        this.pair = nodes.size() == 2;
        this.gap = pair ? 190 : 36;
        this.band = rows() * ROW + 10;
        this.roof = MARGIN + arcs();
    }

    private int rows() {
        if (pair) {
            return all().anyMatch(seen -> seen.progress() != null || TopologyLane.outOfSync(seen) > 0) ? 3 : 2;
        }
        int peers = all().mapToInt(seen -> seen.peers().size()).max().orElse(0);
        int bar = all().anyMatch(seen -> seen.progress() != null) ? 1 : 0;
        return 2 + Math.max(1, Math.min(MAX_ITEMS, peers)) + bar;
    }

    private Stream<Seen> all() {
        return resources.stream()
                .flatMap(resource -> nodes.stream().map(node -> topology.seen(resource, node)))
                .filter(Objects::nonNull);
    }

    /** The space above the boxes for the connections drawn there. */
    private int arcs() {
        boolean any = !pair
                && nodes.size() <= MAX_WITH_ARCS
                && all().anyMatch(seen -> !seen.peers().isEmpty());
        return any ? TopologyLane.arcHeight((nodes.size() - 1) * (BOX + gap)) : 0;
    }

    /** Writes it. */
    public void write() {
        int width = 2 * MARGIN + nodes.size() * BOX + (nodes.size() - 1) * gap;
        int height = top(resources.size()) + rowsBelow() * ROW + FOOT + MARGIN;
        svg.open(
                pair ? "dr-picture dr-pair" : "dr-picture",
                number,
                width,
                height,
                "Nodes, resources and mounts",
                description());
        for (int i = 0; i < resources.size(); i++) {
            TopologyLane lane = new TopologyLane(topology, svg, resources.get(i), pair);
            lane.write(nodes.stream().map(this::x).toList(), nodes, BOX, top(i) + band / 2);
            if (roof > MARGIN) {
                int aside = BOX / 2 + (2 * i - resources.size() + 1) * ARCS_APART / 2;
                lane.arcs(nodes.stream().map(node -> x(node) + aside).toList(), nodes, roof);
            }
        }
        nodes.forEach(node -> box(node, height - roof - MARGIN));
        svg.close();
    }

    private int top(int resource) {
        return roof + HEAD + resource * band;
    }

    private int rowsBelow() {
        return nodes.stream().mapToInt(this::rowsBelow).max().orElse(0);
    }

    private int rowsBelow(String node) {
        boolean bare = resources.stream().noneMatch(resource -> topology.seen(resource, node) != null);
        int mounts = Math.min(MAX_ITEMS, topology.mounts(node).size());
        int rows = (topology.cluster(node) == null ? 0 : 1) + mounts;
        return rows == 0 && bare ? 1 : rows;
    }

    private int x(String node) {
        return MARGIN + nodes.indexOf(node) * (BOX + gap);
    }

    private void box(String node, int height) {
        int x = x(node);
        svg.rect("dr-box", x, roof, BOX, height, 10);
        svg.shape("dr-server", "M0 0h14v5h-14zM0 7h14v5h-14z", x + PAD, roof + 14);
        boolean lost = topology.isUnreachable(node);
        svg.text("dr-name", x + PAD + 22, roof + 26, node, lost ? 12 : 22);
        if (lost) {
            svg.end("dr-bad", x + BOX - PAD, roof + 26, "unreachable", 12);
        }
        for (int i = 0; i < resources.size(); i++) {
            Seen seen = topology.seen(resources.get(i), node);
            svg.line("dr-rule", x, top(i), x + BOX, top(i));
            if (seen != null) {
                resource(resources.get(i), seen, x, top(i) + 5);
            }
        }
        below(node, x, top(resources.size()));
    }

    private void resource(String name, Seen seen, int x, int y) {
        svg.begin(seen.step().dryRun() ? "dr-assumed" : null, source.apply(seen.step()));
        svg.text("dr-resource", x + PAD, y + 17, name, 12);
        if (seen.isDown() || seen.word("role") == null) {
            boolean gone = seen.isGone();
            svg.text(
                    "dr-quiet",
                    x + PAD,
                    y + 17 + ROW,
                    gone ? "not configured" : seen.isDown() ? "down" : "unknown",
                    24);
            svg.end();
            return;
        }
        role(seen.word("role"), x + BOX - PAD, y + 2);
        disk(seen.word("disk"), x + PAD, y + ROW);
        if (LenientJson.isTrue(seen.facts().get("suspended"))) {
            svg.end("dr-bad", x + BOX - PAD, y + 17 + ROW, "I/O suspended", 14);
        }
        if (!pair) {
            connections(seen, x, y + 2 * ROW);
        }
        svg.end();
    }

    private void connections(Seen seen, int x, int y) {
        int row = y;
        if (seen.peers().isEmpty()) {
            connection(TopologyLane.words(seen.word("connection"), seen.word("replication")), seen, x, row);
            row += ROW;
        }
        for (Map.Entry<String, Seen> entry :
                seen.peers().entrySet().stream().limit(MAX_ITEMS).toList()) {
            Seen peer = entry.getValue();
            boolean plain = "Connected".equals(peer.word("connection")) && peer.word("replication") != null;
            String state = plain ? peer.word("replication") : TopologyLane.words(peer.word("connection"));
            connection(ClippedText.line(entry.getKey(), 12) + ": " + state, peer, x, row);
            row += ROW;
        }
        if (seen.progress() != null) {
            svg.bar(seen.progress(), x + PAD, row + 9, BOX - 2 * PAD - 46);
            svg.end("dr-quiet", x + BOX - PAD, row + 17, seen.progress().rounded() + " %", 6);
        }
    }

    private void connection(String words, Seen seen, int x, int y) {
        StateHealth health = StateHealth.of(seen.word("connection")).worse(StateHealth.of(seen.word("replication")));
        svg.plug(health, x + PAD, y + 8);
        svg.text("dr-" + health.id(), x + PAD + 22, y + 17, words, 27);
    }

    private void role(String role, int right, int y) {
        boolean primary = role.equals("Primary");
        int width = 36 + 8 * Math.min(11, role.length());
        svg.rect(primary ? "dr-primary" : "dr-secondary", right - width, y, width, 21, 10);
        svg.shape(primary ? "dr-on-primary" : "dr-hollow", "M5 0 10 5 5 10 0 5z", right - width + 9, y + 5);
        svg.text(primary ? "dr-on-primary" : "dr-word", right - width + 25, y + 15, role, 11);
    }

    private void disk(String disk, int x, int y) {
        StateHealth health = StateHealth.of(disk);
        svg.cylinder(health, "UpToDate".equals(disk) ? 2 : health == StateHealth.BUSY ? 1 : 0, x, y + 4);
        svg.text("dr-" + health.id(), x + 22, y + 17, disk == null ? "disk unknown" : disk, 16);
    }

    private void below(String node, int x, int y) {
        if (rowsBelow() > 0) {
            svg.line("dr-rule", x, y, x + BOX, y);
        }
        int row = y + 2;
        Seen cluster = topology.cluster(node);
        if (rowsBelow(node) == 1 && cluster == null && topology.mounts(node).isEmpty()) {
            svg.text("dr-quiet", x + PAD, row + 17, nothing(node), 28);
        }
        if (cluster != null) {
            boolean online = LenientJson.isTrue(cluster.facts().get("online"));
            String name = cluster.word("cluster");
            String text = "OCFS2 cluster " + (name == null ? "" : name + " ") + (online ? "online" : "offline");
            svg.begin(cluster.step().dryRun() ? "dr-assumed" : null, source.apply(cluster.step()));
            svg.plug(online ? StateHealth.GOOD : StateHealth.BUSY, x + PAD, row + 8);
            svg.text("dr-word", x + PAD + 22, row + 17, text, 28);
            svg.end();
            row += ROW;
        }
        for (Mount mount : topology.mounts(node).stream().limit(MAX_ITEMS).toList()) {
            mount(mount, x, row);
            row += ROW;
        }
    }

    private String nothing(String node) {
        if (topology.isUnreachable(node)) {
            return "nothing known";
        }
        return building ? "nothing known yet" : "no state reported";
    }

    private void mount(Mount mount, int x, int y) {
        String state = mount.mounted() ? mount.type() : "not mounted";
        svg.begin(mount.mounted() ? null : "dr-assumed", source.apply(mount.step()));
        svg.shape(mount.mounted() ? "dr-folder" : "dr-hollow", "M0 1h5l2 2h7v9h-14z", x + PAD, y + 6);
        svg.text(
                "dr-mount",
                x + PAD + 22,
                y + 17,
                mount.point(),
                state == null ? 24 : 27 - Math.min(12, state.length()));
        if (state != null) {
            svg.end("dr-quiet", x + BOX - PAD, y + 17, state, 12);
        }
        svg.end();
    }

    private String description() {
        List<String> parts = new ArrayList<>();
        nodes.stream().filter(topology::isUnreachable).forEach(node -> parts.add("Node " + node + ": unreachable"));
        for (String resource : resources) {
            StringBuilder text = new StringBuilder("Resource " + resource);
            for (String node : nodes) {
                Seen seen = topology.seen(resource, node);
                if (seen != null) {
                    text.append(", ").append(node).append(": ").append(described(seen));
                }
            }
            parts.add(text.toString());
        }
        return ClippedText.line(parts.isEmpty() ? String.join(", ", nodes) : String.join(". ", parts), 2000);
    }

    private static String described(Seen seen) {
        if (seen.isDown()) {
            return "down";
        }
        if (LenientJson.isFalse(seen.facts().get("reachable"))) {
            return "unknown";
        }
        if (seen.peers().isEmpty()) {
            return TopologyLane.words(
                    seen.word("role"), seen.word("disk"), seen.word("connection"), seen.word("replication"));
        }
        return TopologyLane.words(seen.word("role"), seen.word("disk"))
                + seen.peers().entrySet().stream()
                        .map(peer -> ", to " + peer.getKey() + " "
                                + TopologyLane.words(
                                        peer.getValue().word("connection"),
                                        peer.getValue().word("replication")))
                        .collect(Collectors.joining());
    }
}
