package io.jenkins.plugins.drbdocfs2.result;

import java.util.List;
import java.util.Map;

/** Facts as a table of names, as a Pipeline reads them from the result, and values, whatever these are. */
final class Facts {
    private static final int DEEPEST = 5;

    private final Limits limits;
    private final HtmlWriter html;

    Facts(Limits limits, HtmlWriter html) {
        this.limits = limits;
        this.html = html;
    }

    void write(Map<String, Object> facts) {
        table(facts, DEEPEST);
    }

    private void table(Map<String, Object> facts, int depth) {
        html.open("table", "class", "dr-facts").open("tbody");
        Shown<Map.Entry<String, Object>> shown = Shown.of(facts.entrySet(), limits.entries());
        shown.each(fact -> {
            html.open("tr");
            html.leaf("th", Clip.line(fact.getKey(), limits.line()), "scope", "row");
            html.open("td");
            value(fact.getKey(), fact.getValue(), depth);
            html.close().closeLine();
        });
        if (shown.left() > 0) {
            html.open("tr").open("td", "colspan", "2");
            shown.rest(html, "fact");
            html.close().close();
        }
        html.close().closeLine();
    }

    private void value(String name, Object value, int depth) {
        if (Tree.isScalar(value)) {
            scalar(name, value);
        } else if (depth == 0) {
            html.leaf("span", "…", "class", "dr-left");
        } else if (value instanceof Map) {
            nested(Tree.map(value), depth - 1);
        } else {
            items(name, Tree.list(value), depth - 1);
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
        Shown<Object> shown = Shown.of(items, limits.entries());
        shown.each(item -> {
            html.open("li");
            value(name, item, depth);
            html.close();
        });
        if (shown.left() > 0) {
            html.open("li");
            shown.rest(html, "item");
            html.close();
        }
        html.closeLine();
    }

    private void scalar(String name, Object value) {
        String text = Tree.text(value);
        if (text.isBlank()) {
            html.leaf("span", value == null ? "not known" : "empty", "class", "dr-quiet");
            return;
        }
        String health = Health.of(text).id();
        html.open("span", "class", "dr-value dr-" + health);
        Clip.of(text, limits.text()).write(html);
        html.close();
        Long number = Tree.number(value);
        String meaning = number == null ? null : Amounts.meaning(name, number);
        if (meaning != null) {
            html.leaf("span", " " + meaning, "class", "dr-quiet");
        }
    }
}
