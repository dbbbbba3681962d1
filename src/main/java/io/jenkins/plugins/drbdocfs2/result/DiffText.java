package io.jenkins.plugins.drbdocfs2.result;

/** A unified diff, its lines marked by kind. */
final class DiffText {
    private final Limits limits;
    private final HtmlWriter html;

    DiffText(Limits limits, HtmlWriter html) {
        this.limits = limits;
        this.html = html;
    }

    void write(String diff) {
        Clip clip = Clip.of(diff, limits.text());
        html.open("pre", "class", "dr-diff", "tabindex", "0");
        lines(clip.head(), true);
        if (clip.left() != null) {
            html.leaf("span", "… " + clip.left() + " …", "class", "dr-left");
            lines(clip.tail(), false);
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
