package io.jenkins.plugins.drbdocfs2.result;

/**
 * A text; a long one is reduced to its beginning and more of its end, which usually has the cause of a failure.
 *
 * @param head the beginning, or the whole text
 * @param left the omission in words; null if the text is complete
 * @param tail the end
 */
public record ClippedText(String head, String left, String tail) {
    private static final int NAME_BYTES = 9;
    private static final int CODE_BYTES = 13;
    private static final int DELETE = 0x7F;

    /** Cuts a text to a number of bytes of a page, approximately. */
    public static ClippedText of(String text, int bytes) {
        if (fits(text, bytes)) {
            return new ClippedText(text, null, "");
        }
        int end = lineEnd(text, forward(text, bytes / 3));
        int start = Math.max(end, lineStart(text, backward(text, bytes - bytes / 3)));
        String middle = text.substring(end, start);
        long lines = middle.chars().filter(c -> c == '\n').count();
        String amount = lines > 1 ? Amounts.count(lines, "line") + ", " : "";
        return new ClippedText(
                text.substring(0, end),
                amount + Amounts.count(middle.length(), "character") + " left out",
                text.substring(start));
    }

    /** The beginning of the text in one line, with an ellipsis if more follows. */
    public static String line(String text, int bytes) {
        String all = text.strip();
        int end = all.indexOf('\n');
        String first = end < 0 ? all : all.substring(0, end).stripTrailing();
        if (fits(first, bytes)) {
            return end < 0 ? first : first + " …";
        }
        return first.substring(0, forward(first, bytes)) + "…";
    }

    /** The whole text, with the omission in words. */
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
            left -= cost(c);
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
            left -= cost(c);
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

    // the approximate bytes of a character in a page, where it is escaped
    private static int cost(int c) {
        if (c == '&' || c == '<' || c == '>') {
            return "&amp;".length();
        }
        if (c < ' ') {
            return c == '\n' || c == '\t' ? 1 : NAME_BYTES;
        }
        if (c < DELETE) {
            return 1;
        }
        return isHidden(c) ? CODE_BYTES : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    /** Whether a character shows nothing by itself: controls, bidirectional and other format characters, separators, halves. */
    public static boolean isHidden(int c) {
        if (c < DELETE) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
