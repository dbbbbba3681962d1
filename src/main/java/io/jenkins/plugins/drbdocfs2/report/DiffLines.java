package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;

/** A unified diff with its lines marked by kind. */
final class DiffLines {
    private final PageLimits limits;
    private final HtmlWriter html;

    DiffLines(PageLimits limits, HtmlWriter html) {
        this.limits = limits;
        this.html = html;
    }

    void write(String diff) {
        ClippedText clipped = ClippedText.of(diff, limits.text());
        html.open("pre", "class", "dr-diff", "tabindex", "0");
        lines(clipped.head(), true);
        if (clipped.left() != null) {
            html.leaf("span", "… " + clipped.left() + " …", "class", "dr-left");
            lines(clipped.tail(), false);
        }
        html.closeLine();
    }

    private void lines(String text, boolean fromStart) {
        boolean head = fromStart;
        for (String line : text.split("\n")) {
            head &= !line.startsWith("@@");
            if (head && (line.startsWith("---") || line.startsWith("+++"))) {
                html.leaf("span", line, "class", "dr-diff-file");
            } else if (line.startsWith("+")) {
                html.leaf("ins", line);
            } else if (line.startsWith("-")) {
                html.leaf("del", line);
            } else if (line.startsWith("@@")) {
                html.leaf("span", line, "class", "dr-hunk");
            } else {
                html.leaf("span", line);
            }
        }
    }
}
