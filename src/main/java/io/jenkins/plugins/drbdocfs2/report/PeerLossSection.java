package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.report.Topology.Seen;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each resource does when it loses its peer, what its suspended I/O waits for, and the last fencing. */
final class PeerLossSection {
    private final Topology topology;
    private final PageLimits limits;
    private final HtmlWriter html;

    PeerLossSection(Topology topology, PageLimits limits, HtmlWriter html) {
        this.topology = topology;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        for (String resource :
                topology.resources().stream().limit(limits.entries()).toList()) {
            policies(resource);
            topology.nodes().stream().limit(limits.entries()).forEach(node -> {
                Seen seen = topology.seen(resource, node);
                if (seen != null) {
                    node(resource, node, seen);
                }
            });
        }
    }

    private void policies(String resource) {
        Map<String, List<String>> nodesByPolicy = new LinkedHashMap<>();
        for (String node : topology.nodes()) {
            Seen seen = topology.seen(resource, node);
            String policy = seen == null ? null : seen.word("onPeerLoss");
            if (policy != null) {
                nodesByPolicy.computeIfAbsent(policy, none -> new ArrayList<>()).add(node);
            }
        }
        Truncated.of(nodesByPolicy.entrySet(), limits.entries())
                .each(entry -> line(
                        "dr-quiet",
                        "A Primary of " + resource + " that loses its peer " + words(entry.getKey()) + " (onPeerLoss: "
                                + entry.getKey() + ")"
                                + (nodesByPolicy.size() > 1 ? ", on " + String.join(", ", entry.getValue()) : "")
                                + "."));
    }

    private static String words(String policy) {
        return switch (policy) {
            case "freeze" -> "suspends its I/O until the peer is connected again";
            case "fence" -> "suspends its I/O until the peer is fenced";
            case "continue" -> "continues to write";
            default -> "does what another fence-peer handler decides";
        };
    }

    private void node(String resource, String node, Seen seen) {
        String waitsFor = seen.word("waitsFor");
        if (waitsFor != null) {
            line(
                    "dr-failure",
                    "The I/O of " + resource + " on " + node + " is suspended. It waits for " + waitsFor + ".");
        }
        Map<String, Object> last = LenientJson.map(seen.facts().get("lastFencing"));
        String outcome = LenientJson.word(last.get("outcome"));
        if (outcome != null) {
            line(
                    outcome.equals("failed") ? "dr-failure" : "dr-quiet",
                    "Last loss of the peer of " + resource + " on " + node + ", " + LenientJson.text(last.get("time"))
                            + ": " + outcome + ". " + LenientJson.text(last.get("message")));
        }
    }

    private void line(String style, String words) {
        html.leaf("p", ClippedText.line(words, limits.line()), "class", style);
    }
}
