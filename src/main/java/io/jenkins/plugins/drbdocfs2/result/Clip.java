package io.jenkins.plugins.drbdocfs2.result;

/**
 * A text, or where it is too long its beginning and, as the cause of a failure stands there, more of its end.
 *
 * @param head the beginning, or all of it
 * @param left what was left out between them, in words; null where it is all here
 * @param tail the end
 */
record Clip(String head, String left, String tail) {
    /** Cuts a text to about so many bytes of a page. */
    static Clip of(String text, int bytes) {
        if (fits(text, bytes)) {
            return new Clip(text, null, "");
        }
        int end = lineEnd(text, forward(text, bytes / 3));
        int start = Math.max(end, lineStart(text, backward(text, bytes - bytes / 3)));
        String middle = text.substring(end, start);
        long lines = middle.chars().filter(c -> c == '\n').count();
        String amount = lines > 1 ? Amounts.count(lines, "line") + ", " : "";
        return new Clip(
                text.substring(0, end),
                amount + Amounts.count(middle.length(), "character") + " left out",
                text.substring(start));
    }

    /** The text's beginning in one line, with an ellipsis where something follows. */
    static String line(String text, int bytes) {
        String all = text.strip();
        int end = all.indexOf('\n');
        String first = end < 0 ? all : all.substring(0, end).stripTrailing();
        if (fits(first, bytes)) {
            return end < 0 ? first : first + " …";
        }
        return first.substring(0, forward(first, bytes)) + "…";
    }

    /** Writes it, what was left out in an element of its own. */
    void write(HtmlWriter html) {
        html.text(head);
        if (left != null) {
            html.leaf("span", "… " + left + " …", "class", "dr-left");
            html.text(tail);
        }
    }

    /** It in one, with what was left out said in its place. */
    String text() {
        return left == null ? head : head + "\n[... " + left + " ...]\n" + tail;
    }

    private static boolean fits(String text, int bytes) {
        return text.length() <= bytes && forward(text, bytes) == text.length();
    }

    private static int forward(String text, int bytes) {
        int left = bytes;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            left -= Visible.cost(c);
            if (left < 0) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static int backward(String text, int bytes) {
        int left = bytes;
        int i = text.length();
        while (i > 0) {
            int c = text.codePointBefore(i);
            left -= Visible.cost(c);
            if (left < 0) {
                break;
            }
            i -= Character.charCount(c);
        }
        return i;
    }

    // whole lines, unless that would leave less than half
    private static int lineEnd(String text, int end) {
        int line = text.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
        return line > end / 2 ? line : end;
    }

    private static int lineStart(String text, int start) {
        int line = text.indexOf('\n', Math.max(0, start - 1)) + 1;
        return line > 0 && text.length() - line > (text.length() - start) / 2 ? line : start;
    }
}
