package io.jenkins.plugins.drbdocfs2.result;

import java.util.Locale;

/** Text for a page: escaped, and with characters that would hide or turn round others shown as what they are. */
final class Visible {
    private static final String[] NAMES = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
    };
    private static final int NAME_BYTES = 9;
    private static final int CODE_BYTES = 13;
    private static final int DELETE = 0x7F;

    private Visible() {}

    /**
     * Adds a text to a page.
     *
     * @param attribute whether it is the value of an attribute, in double quotes
     */
    static void escape(String text, boolean attribute, StringBuilder out) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\'' -> out.append(attribute ? "&#39;" : "'");
                case '\n', '\t' -> out.append(attribute ? "&#" + c + ";" : String.valueOf((char) c));
                default -> {
                    if (c == '\r' && i < text.length() && text.charAt(i) == '\n') {
                        continue; // the end of a line all the same
                    }
                    character(c, out);
                }
            }
        }
    }

    private static void character(int c, StringBuilder out) {
        if (c < ' ') {
            out.append('‹').append(NAMES[c]).append('›');
        } else if (c == DELETE) {
            out.append("‹DEL›");
        } else if (isHidden(c)) {
            String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
            out.append("‹U+")
                    .append("0".repeat(Math.max(0, 4 - hex.length())))
                    .append(hex)
                    .append('›');
        } else {
            out.appendCodePoint(c);
        }
    }

    // controls, bidirectional and other format characters, line and paragraph separators, halves of characters
    private static boolean isHidden(int c) {
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

    /** How many bytes of a page a character takes, about. */
    static int cost(int c) {
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
}
