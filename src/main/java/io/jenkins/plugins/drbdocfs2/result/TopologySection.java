package io.jenkins.plugins.drbdocfs2.result;

import io.jenkins.plugins.drbdocfs2.result.Mounts.Mount;
import io.jenkins.plugins.drbdocfs2.result.Topology.Seen;
import java.util.List;

/** The cluster as the steps last saw it: as a picture, and the same as a table. */
final class TopologySection {
    private static final List<String> COLUMNS =
            List.of("role", "disk", "connection", "replication", "peerRole", "peerDisk", "outOfSyncKib");

    private final Topology topology;
    private final Limits limits;
    private final HtmlWriter html;

    TopologySection(Topology topology, Limits limits, HtmlWriter html) {
        this.topology = topology;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("section", "class", "dr-cluster", "aria-labelledby", "drbd-cluster");
        html.leaf("h2", "Cluster", "id", "drbd-cluster");
        if (topology.nodes().isEmpty()) {
            html.leaf("p", "No step has told of a node yet.", "class", "dr-quiet");
        } else {
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
            new TopologyPicture(topology, html).write();
            html.closeLine();
            if (topology.isAssumed()) {
                html.leaf(
                        "p",
                        "Slanted or dashed: known from a dry run alone, which takes the changes of the steps before it for made.",
                        "class",
                        "dr-quiet");
            }
            if (!topology.isBare()) {
                tables();
            }
        }
        html.closeLine();
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
        html.open("tr");
        cell(resource);
        cell(node);
        for (String column : COLUMNS) {
            Long kib = column.endsWith("Kib") ? Tree.number(seen.facts().get(column)) : null;
            String word = kib == null ? seen.word(column) : Amounts.bytes(kib * 1024.0);
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
        html.leaf("td", text == null ? "–" : Clip.line(text, limits.line()));
    }

    private void step(ReportStep step) {
        html.open("td")
                .leaf("a", String.valueOf(step.number()), "href", "#" + step.id())
                .close();
    }
}
