package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML and SVG. Texts and attribute values are always escaped: markup can only be written through the methods for
 * elements, whose names are constants of this package.
 */
public final class HtmlWriter {
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "input");

    /** Thrown when a page exceeds its limit. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        private TooLong() {
            super("the page is too long", null, false, false);
        }
    }

    private final int most;
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param most the maximum number of characters */
    HtmlWriter(int most) {
        this.most = most;
    }

    /** Begins a document. */
    HtmlWriter doctype() {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    /**
     * Opens an element.
     *
     * @param name the element's name
     * @param attributes names and values in turn; a null value omits the attribute
     */
    public HtmlWriter open(String name, String... attributes) {
        if (out.length() > most) {
            throw new TooLong();
        }
        out.append('<').append(checked(name));
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ').append(checked(attributes[i])).append("=\"");
                HtmlEscaper.escape(attributes[i + 1], true, out);
                out.append('"');
            }
        }
        if (VOID.contains(name)) {
            out.append("/>");
        } else {
            out.append('>');
            open.push(name);
        }
        return this;
    }

    /** Closes the innermost open element. */
    public HtmlWriter close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes the innermost open element and starts a new line; only where white space does no harm. */
    public HtmlWriter closeLine() {
        close();
        out.append('\n');
        return this;
    }

    /** Adds text. */
    public HtmlWriter text(String text) {
        HtmlEscaper.escape(text, false, out);
        return this;
    }

    /** Adds a text that may have been cut; says what was left out in an element of its own. */
    HtmlWriter clipped(ClippedText clipped) {
        text(clipped.head());
        return clipped.left() == null
                ? this
                : leaf("span", "… " + clipped.left() + " …", "class", "dr-left").text(clipped.tail());
    }

    /** An element with text in it; attributes as for {@link #open}. */
    public HtmlWriter leaf(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** An element with nothing in it; attributes as for {@link #open}. */
    public HtmlWriter empty(String name, String... attributes) {
        open(name, attributes);
        return VOID.contains(name) ? this : close();
    }

    /** The style sheet of this package, the only text that is written unescaped. */
    HtmlWriter styleSheet() {
        out.append("<style>").append(StyleSheet.TEXT).append("</style>\n");
        return this;
    }

    private static String checked(String name) {
        boolean good = !name.isEmpty()
                && !name.startsWith("on")
                && name.chars()
                        .allMatch(
                                c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c >= '0' && c <= '9');
        if (!good) {
            throw new IllegalArgumentException("not the name of an element or attribute: " + name);
        }
        return name;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("left open: " + open);
        }
        return out.toString();
    }
}
