package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.List;
import java.util.Map;

/** Facts as a table of names, as in the result of the Pipeline, and values of any type. */
final class FactTable {
    private static final int DEEPEST = 5;

    private final PageLimits limits;
    private final HtmlWriter html;

    FactTable(PageLimits limits, HtmlWriter html) {
        this.limits = limits;
        this.html = html;
    }

    void write(Map<String, Object> facts) {
        table(facts, DEEPEST);
    }

    private void table(Map<String, Object> facts, int depth) {
        html.open("table", "class", "dr-facts").open("tbody");
        Truncated<Map.Entry<String, Object>> truncated = Truncated.of(facts.entrySet(), limits.entries());
        truncated.each(fact -> {
            html.open("tr");
            html.leaf("th", ClippedText.line(fact.getKey(), limits.line()), "scope", "row");
            html.open("td");
            value(fact.getKey(), fact.getValue(), depth);
            html.close().closeLine();
        });
        if (truncated.left() > 0) {
            html.open("tr").open("td", "colspan", "2");
            truncated.rest(html, "fact");
            html.close().close();
        }
        html.close().closeLine();
    }

    private void value(String name, Object value, int depth) {
        if (LenientJson.isScalar(value)) {
            scalar(name, value);
        } else if (depth == 0) {
            html.leaf("span", "…", "class", "dr-left");
        } else if (value instanceof Map) {
            nested(LenientJson.map(value), depth - 1);
        } else {
            items(name, LenientJson.list(value), depth - 1);
        }
    }

    private void nested(Map<String, Object> map, int depth) {
        if (map.isEmpty()) {
            html.leaf("span", "none", "class", "dr-quiet");
        } else {
            table(map, depth);
        }
    }

    private void items(String name, List<Object> items, int depth) {
        if (items.isEmpty()) {
            html.leaf("span", "none", "class", "dr-quiet");
            return;
        }
        html.open("ul", "class", "dr-values");
        Truncated<Object> truncated = Truncated.of(items, limits.entries());
        truncated.each(item -> {
            html.open("li");
            value(name, item, depth);
            html.close();
        });
        if (truncated.left() > 0) {
            html.open("li");
            truncated.rest(html, "item");
            html.close();
        }
        html.closeLine();
    }

    private void scalar(String name, Object value) {
        String text = LenientJson.text(value);
        if (text.isBlank()) {
            html.leaf("span", value == null ? "not known" : "empty", "class", "dr-quiet");
            return;
        }
        String health = StateHealth.of(text).id();
        html.open("span", "class", "dr-value dr-" + health);
        html.clipped(ClippedText.of(text, limits.text()));
        html.close();
        Long number = LenientJson.number(value);
        String meaning = number == null ? null : Amounts.meaning(name, number);
        if (meaning != null) {
            html.leaf("span", " " + meaning, "class", "dr-quiet");
        }
    }
}
