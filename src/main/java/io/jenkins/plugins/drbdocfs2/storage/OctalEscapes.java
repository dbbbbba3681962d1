package io.jenkins.plugins.drbdocfs2.storage;

/** Octal escapes as in fstab(5) and /proc/self/mountinfo: a space is {@code \040}. */
public final class OctalEscapes {
    private OctalEscapes() {}

    /** The text without escapes. */
    public static String decode(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\", i) && isOctal(text, i + 1)) {
                decoded.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                decoded.append(text.charAt(i));
            }
        }
        return decoded.toString();
    }

    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '\\' || c == 0x7f || c == '#' && i == 0) {
                encoded.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7)));
                encoded.append((char) ('0' + (c & 7)));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static boolean isOctal(String text, int start) {
        return text.length() >= start + 3
                && (text.charAt(start) == '0' || text.charAt(start) == '1')
                && isDigit(text.charAt(start + 1))
                && isDigit(text.charAt(start + 2));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '7';
    }
}
