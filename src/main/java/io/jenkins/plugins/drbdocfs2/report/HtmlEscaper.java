package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import java.util.Locale;

/** Text for a page: escaped, with invisible and bidirectional characters made visible. */
final class HtmlEscaper {
    private static final String[] NAMES = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
    };
    private static final int DELETE = 0x7F;

    private HtmlEscaper() {}

    /**
     * Adds an escaped text to a page.
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
        } else if (ClippedText.isHidden(c)) {
            String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
            out.append("‹U+")
                    .append("0".repeat(Math.max(0, 4 - hex.length())))
                    .append(hex)
                    .append('›');
        } else {
            out.appendCodePoint(c);
        }
    }
}
