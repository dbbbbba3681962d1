package io.jenkins.plugins.drbdocfs2.check;

/** Checks of every text parameter before its use: valid Unicode, visible, and limited in length. */
public final class ParameterText {
    /** The maximum length of a name, a path or a list: PATH_MAX. */
    public static final int MAX_LINE = 4096;

    /** The maximum length of a text of several lines. */
    public static final int MAX_TEXT = 65536;

    private static final String BLANKS = " \t\r\n";

    private ParameterText() {}

    /**
     * A text without leading and trailing blanks and line ends; null if nothing is left. Unlike String.trim() it does not
     * remove NUL and other control characters, so that these are refused.
     */
    public static String trimmed(String value) {
        if (value == null) {
            return null;
        }
        int start = 0;
        int end = value.length();
        while (start < end && BLANKS.indexOf(value.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(value.charAt(end - 1)) >= 0) {
            end--;
        }
        return start == end ? null : value.substring(start, end);
    }

    /** The same with Unix line ends; fields of forms send others. */
    public static String lines(String value) {
        String text = trimmed(value);
        return text == null ? null : text.replace("\r\n", "\n");
    }

    /** A name or a path: one line without leading or trailing blanks. */
    public static String line(String parameter, String value) {
        visible(parameter, value, "");
        notLonger(parameter, value, MAX_LINE);
        if (!value.isEmpty()) {
            edge(parameter, value.codePointAt(0));
            edge(parameter, value.codePointBefore(value.length()));
        }
        return value;
    }

    /** Words, separated by blanks or line ends. */
    public static String words(String parameter, String value) {
        visible(parameter, value, BLANKS);
        return notLonger(parameter, value, MAX_LINE);
    }

    /** A text of several lines. */
    public static String text(String parameter, String value) {
        visible(parameter, value, "\t\n");
        return notLonger(parameter, value, MAX_TEXT);
    }

    private static void visible(String parameter, String value, String allowed) {
        for (int at = 0; at < value.length(); at += Character.charCount(value.codePointAt(at))) {
            int c = value.codePointAt(at);
            if (allowed.indexOf(c) < 0 && isInvisible(c)) {
                throw new InvalidParameterException(
                        parameter,
                        parameter + " must have no control, formatting or unpaired characters, but has "
                                + Check.codePoint(c) + " as character number " + value.codePointCount(0, at + 1) + ".");
            }
        }
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef;
        };
    }

    private static void edge(String parameter, int c) {
        if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
            throw new InvalidParameterException(
                    parameter,
                    parameter + " must not begin or end with a blank, but does with " + Check.codePoint(c) + ".");
        }
    }

    private static String notLonger(String parameter, String value, int limit) {
        if (value.length() > limit) {
            throw new InvalidParameterException(
                    parameter,
                    parameter + " must have at most " + limit + " characters, but has " + value.length() + ".");
        }
        return value;
    }
}
