package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.List;
import java.util.Map;

/** The reasons of a refusal, or the problems of a cluster, with their parts. */
final class RefusalsSection {
    private final List<Map<String, Object>> refusals;
    private final PageLimits limits;
    private final HtmlWriter html;

    RefusalsSection(List<Map<String, Object>> refusals, PageLimits limits, HtmlWriter html) {
        this.refusals = refusals;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("ul", "class", "dr-refusals");
        Truncated.of(refusals, limits.entries()).each(this::write).rest(html, "reason");
        html.closeLine();
    }

    private void write(Map<String, Object> refusal) {
        html.open("li", "class", "dr-refusal").open("p");
        String severity = LenientJson.text(refusal.get("severity"));
        if (!severity.isEmpty()) {
            html.leaf("span", ClippedText.line(severity, limits.line()), "class", severityClass(severity))
                    .text(" ");
        }
        node(LenientJson.text(refusal.get("node")));
        html.leaf("code", ClippedText.line(LenientJson.text(refusal.get("id")), limits.line()), "class", "dr-quiet");
        html.close();
        html.open("p", "class", "dr-finding");
        text(refusal.get("finding"));
        html.close().open("dl");
        part("Loss", refusal.get("loss"));
        part("What to do", refusal.get("remedy"));
        allowed(LenientJson.text(refusal.get("allowedBy")));
        html.close().closeLine();
    }

    private static String severityClass(String severity) {
        return severity.equals("warning") ? "dr-severity dr-busy" : "dr-severity dr-bad";
    }

    private void node(String node) {
        if (!node.isEmpty()) {
            html.leaf("strong", ClippedText.line(node, limits.line())).text(" ");
        }
    }

    private void part(String name, Object value) {
        if (!LenientJson.text(value).isEmpty()) {
            html.leaf("dt", name).open("dd");
            text(value);
            html.close();
        }
    }

    private void allowed(String parameter) {
        if (!parameter.isEmpty()) {
            html.leaf("dt", "Allowed by").open("dd").open("code");
            text(parameter);
            html.close().close();
        }
    }

    private void text(Object value) {
        html.clipped(ClippedText.of(LenientJson.text(value), limits.important().text()));
    }
}
