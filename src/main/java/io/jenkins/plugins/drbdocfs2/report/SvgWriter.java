package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;

/** The shapes of the diagram. Positions are in units of the diagram. */
final class SvgWriter {
    private final HtmlWriter html;

    SvgWriter(HtmlWriter html) {
        this.html = html;
    }

    void open(String style, int number, int width, int height, String title, String description) {
        String id = "drbd-picture-" + number;
        html.open(
                "svg",
                "class",
                style,
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-text",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                String.valueOf(width),
                "height",
                String.valueOf(height));
        html.leaf("title", title, "id", id + "-title");
        html.leaf("desc", description, "id", id + "-text");
    }

    void close() {
        html.closeLine();
    }

    /** Begins a group with a tooltip. */
    void begin(String style, String hint) {
        html.open("g", "class", style).leaf("title", hint);
    }

    void end() {
        html.close();
    }

    void rect(String style, int x, int y, int width, int height, int radius) {
        html.empty(
                "rect",
                "class",
                style,
                "x",
                String.valueOf(x),
                "y",
                String.valueOf(y),
                "width",
                String.valueOf(width),
                "height",
                String.valueOf(height),
                "rx",
                String.valueOf(radius));
    }

    void line(String style, int x1, int y1, int x2, int y2) {
        html.empty(
                "line",
                "class",
                style,
                "x1",
                String.valueOf(x1),
                "y1",
                String.valueOf(y1),
                "x2",
                String.valueOf(x2),
                "y2",
                String.valueOf(y2));
    }

    void shape(String style, String path, int x, int y) {
        html.empty("path", "class", style, "d", path, "transform", "translate(" + x + " " + y + ")");
    }

    /** An arc between two points of a horizontal line. */
    void curve(String style, int x1, int x2, int y, int height) {
        int above = y - height;
        html.empty(
                "path",
                "class",
                style,
                "d",
                "M" + x1 + " " + y + "C" + x1 + " " + above + " " + x2 + " " + above + " " + x2 + " " + y);
    }

    /** A progress bar. */
    void bar(ProgressBar progress, int x, int y, int width) {
        begin("dr-bar", progress.words());
        rect("dr-track", x, y, width, 7, 3);
        rect("dr-filled", x, y, (int) Math.round(width * progress.percent() / 100), 7, 3);
        end();
    }

    /** Text that begins at x. */
    void text(String style, int x, int y, String text, int mostCharacters) {
        text(style, x, y, null, text, mostCharacters);
    }

    /** Text centred at x. */
    void middle(String style, int x, int y, String text, int mostCharacters) {
        text(style, x, y, "middle", text, mostCharacters);
    }

    /** Text that ends at x. */
    void end(String style, int x, int y, String text, int mostCharacters) {
        text(style, x, y, "end", text, mostCharacters);
    }

    private void text(String style, int x, int y, String anchor, String text, int most) {
        html.open("text", "class", style, "x", String.valueOf(x), "y", String.valueOf(y), "text-anchor", anchor);
        String shown = ClippedText.line(text, most);
        if (!shown.equals(text)) {
            html.leaf("title", ClippedText.line(text, 10 * most));
        }
        html.text(shown).close();
    }

    /** A disk: full, half full or empty, and crossed out if it is not usable. */
    void cylinder(StateHealth health, int level, int x, int y) {
        html.open("g", "class", "dr-disk dr-" + health.id(), "transform", "translate(" + x + " " + y + ")");
        if (level > 0) {
            int top = level == 2 ? 3 : 8;
            html.empty(
                    "path",
                    "class",
                    "dr-fill",
                    "d",
                    "M0 " + top + "v" + (13 - top) + "a7 3 0 0 0 14 0v-" + (13 - top) + "z");
        }
        html.empty("path", "class", "dr-line", "d", "M0 3a7 3 0 0 1 14 0a7 3 0 0 1 -14 0v10a7 3 0 0 0 14 0v-10");
        if (health == StateHealth.BAD) {
            html.empty("path", "class", "dr-line", "d", "M-2 16 16 0");
        }
        html.close();
    }

    /** A connection: two rings, joined or separate. */
    void plug(StateHealth health, int x, int y) {
        boolean joined = health == StateHealth.GOOD || health == StateHealth.BUSY;
        html.open("g", "class", "dr-disk dr-" + health.id(), "transform", "translate(" + x + " " + y + ")");
        html.empty("path", "class", "dr-line", "d", joined ? "M3 5h8" : "M3 5h1M10 5h1M5 9 9 1");
        html.empty(
                "circle",
                "class",
                health == StateHealth.GOOD ? "dr-fill" : "dr-line",
                "cx",
                "2",
                "cy",
                "5",
                "r",
                "2.5");
        html.empty(
                "circle",
                "class",
                health == StateHealth.GOOD ? "dr-fill" : "dr-line",
                "cx",
                "12",
                "cy",
                "5",
                "r",
                "2.5");
        html.close();
    }
}
