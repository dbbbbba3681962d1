package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.report.Topology.Seen;
import io.jenkins.plugins.drbdocfs2.report.TopologyMounts.Mount;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The last known state of the cluster, as a diagram and as a table. */
final class TopologySection {
    private static final List<String> COLUMNS =
            List.of("role", "disk", "connection", "replication", "peerRole", "peerDisk", "outOfSyncKib");

    private final List<SeenCluster> clusters;
    private final BuildState build;
    private Topology topology;
    private final PageLimits limits;
    private final HtmlWriter html;

    TopologySection(List<SeenCluster> clusters, BuildState build, PageLimits limits, HtmlWriter html) {
        this.clusters = clusters;
        this.build = build;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("section", "class", "dr-cluster", "aria-labelledby", "drbd-cluster");
        html.leaf("h2", clusters.size() > 1 ? "Clusters" : "Cluster", "id", "drbd-cluster");
        if (clusters.stream().allMatch(one -> one.topology().nodes().isEmpty())) {
            html.leaf(
                    "p",
                    build.building() ? "No step has reported a node yet." : "No step reported a node.",
                    "class",
                    "dr-quiet");
        }
        Truncated.of(clusters, limits.entries()).each(this::write).rest(html, "cluster");
        html.closeLine();
    }

    private void write(SeenCluster cluster) {
        topology = cluster.topology();
        if (!topology.nodes().isEmpty()) {
            html.leaf("h3", cluster.heading(), "class", "dr-cluster-name");
            html.open(
                    "div",
                    "class",
                    "dr-scroll",
                    "tabindex",
                    "0",
                    "role",
                    "group",
                    "aria-label",
                    "Picture of the cluster");
            new TopologyPicture(
                            topology,
                            clusters.indexOf(cluster) + 1,
                            build.building(),
                            step -> "from step " + step.number(),
                            html)
                    .write();
            html.closeLine();
            if (topology.isAssumed()) {
                html.leaf(
                        "p",
                        "Italic or dashed: known only from a dry run, which assumes the changes of earlier dry runs.",
                        "class",
                        "dr-quiet");
            }
            managers();
            new PeerLossSection(topology, limits, html).write();
            if (!topology.isBare()) {
                tables();
            }
        }
    }

    private void managers() {
        for (String resource :
                topology.resources().stream().limit(limits.entries()).toList()) {
            Map<String, List<String>> nodesByManager = new LinkedHashMap<>();
            for (String node : topology.nodes()) {
                Seen seen = topology.seen(resource, node);
                for (Object manager :
                        seen == null ? List.of() : LenientJson.list(seen.facts().get("managedBy"))) {
                    nodesByManager
                            .computeIfAbsent(LenientJson.text(manager), none -> new ArrayList<>())
                            .add(node);
                }
            }
            Truncated.of(nodesByManager.entrySet(), limits.entries()).each(entry -> manager(resource, entry));
        }
    }

    private void manager(String resource, Map.Entry<String, List<String>> nodesByManager) {
        String words = resource + " is managed by " + nodesByManager.getKey() + " on "
                + String.join(", ", nodesByManager.getValue()) + ". Steps that change it refuse.";
        html.leaf("p", ClippedText.line(words, limits.line()), "class", "dr-quiet");
    }

    private void tables() {
        html.open("details", "class", "dr-fold").leaf("summary", "The same as a table");
        html.open("div", "class", "dr-scroll", "tabindex", "0", "role", "group", "aria-label", "Table of the cluster");
        if (!topology.resources().isEmpty()) {
            html.open("table", "class", "dr-table");
            heads(
                    "Resource",
                    "Node",
                    "Role",
                    "Disk",
                    "Connection",
                    "Replication",
                    "Peer's role",
                    "Peer's disk",
                    "Out of sync",
                    "Step");
            html.open("tbody");
            topology.resources().stream().limit(limits.entries()).forEach(resource -> topology.nodes().stream()
                    .limit(limits.entries())
                    .filter(node -> topology.seen(resource, node) != null)
                    .forEach(node -> resource(resource, node, topology.seen(resource, node))));
            html.close().closeLine();
        }
        if (topology.nodes().stream().anyMatch(node -> !topology.mounts(node).isEmpty())) {
            html.open("table", "class", "dr-table");
            heads("Node", "Mount point", "Device", "Type", "State", "Step");
            html.open("tbody");
            topology.nodes().stream().limit(limits.entries()).forEach(node -> topology.mounts(node).stream()
                    .limit(limits.entries())
                    .forEach(mount -> mount(node, mount)));
            html.close().closeLine();
        }
        html.close().closeLine();
    }

    private void heads(String... names) {
        html.open("thead").open("tr");
        for (String name : names) {
            html.leaf("th", name, "scope", "col");
        }
        html.close().close();
    }

    private void resource(String resource, String node, Seen seen) {
        Map<String, Seen> peers = seen.peers();
        if (peers.isEmpty()) {
            row(resource, node, seen::word, seen);
        }
        Truncated.of(peers.entrySet(), limits.entries())
                .each(peer ->
                        row(resource, node, column -> ofPeer(seen, peer.getKey(), peer.getValue(), column), seen));
    }

    private static String ofPeer(Seen seen, String name, Seen peer, String column) {
        return switch (column) {
            case "role", "disk" -> seen.word(column);
            case "peerRole" -> peer.word("role");
            case "peerDisk" -> peer.word("disk");
            case "connection" -> name + ": " + TopologyLane.words(peer.word("connection"));
            default -> peer.word(column);
        };
    }

    private void row(String resource, String node, UnaryOperator<String> words, Seen seen) {
        html.open("tr");
        cell(resource);
        cell(node);
        for (String column : COLUMNS) {
            String word = words.apply(column);
            if (word != null && column.endsWith("Kib") && word.matches("\\d{1,18}")) {
                word = Amounts.bytes(Long.parseLong(word) * 1024.0);
            }
            cell(column.equals("role") && seen.isDown() ? "down" : word);
        }
        step(seen.step());
        html.close();
    }

    private void mount(String node, Mount mount) {
        html.open("tr");
        cell(node);
        cell(mount.point());
        cell(mount.device());
        cell(mount.type());
        cell(mount.mounted() ? "mounted" : "not mounted");
        step(mount.step());
        html.close();
    }

    private void cell(String text) {
        html.leaf("td", text == null ? "–" : ClippedText.line(text, limits.line()));
    }

    private void step(StepHead step) {
        html.open("td")
                .leaf("a", String.valueOf(step.number()), "href", "#" + step.id())
                .close();
    }
}
