package io.jenkins.plugins.drbdocfs2.check;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks of parameters. Each returns a valid value, or throws an
 * {@link InvalidParameterException} with the sentence "PARAMETER must RULE, but is 'VALUE'".
 */
public final class Check {
    private static final int SHOWN = 80;

    private Check() {}

    /** The exception for an invalid value. */
    public static InvalidParameterException wrong(String parameter, Object value, String rule) {
        String is = value == null
                ? "is not given"
                : "is " + (value instanceof Number ? value.toString() : quoted(value.toString()));
        return new InvalidParameterException(parameter, parameter + " must " + rule + ", but " + is + ".");
    }

    /**
     * Throws unless the condition holds.
     *
     * @param rule what must hold, as it reads after "must": "be an absolute path"
     */
    public static void that(boolean condition, String parameter, Object value, String rule) {
        if (!condition) {
            throw wrong(parameter, value, rule);
        }
    }

    /** A number between two limits, inclusive. */
    public static int range(String parameter, long value, int min, int max) {
        that(value >= min && value <= max, parameter, value, "be " + min + " to " + max);
        return (int) value;
    }

    /** A number that is at least the limit. */
    public static long atLeast(String parameter, long value, long min) {
        that(value >= min, parameter, value, "be " + min + " or more");
        return value;
    }

    /** A text that matches a pattern completely; not null. */
    public static String matches(String parameter, String value, Pattern pattern, String rule) {
        that(value != null && pattern.matcher(value).matches(), parameter, value, rule);
        return value;
    }

    /** One of the allowed words; not null. */
    public static String oneOf(String parameter, String value, Collection<String> allowed) {
        that(value != null && allowed.contains(value), parameter, value, "be one of " + String.join(", ", allowed));
        return value;
    }

    /** A text that is not blank. */
    public static String given(String parameter, String value) {
        that(value != null && !value.isBlank(), parameter, value, "be given");
        return value;
    }

    /**
     * A text that can be sent to a node: without NUL characters, which no shell accepts, and without unpaired surrogates.
     */
    public static String sendable(String parameter, String value) {
        for (int at = 0; at < value.length(); at += Character.charCount(value.codePointAt(at))) {
            int c = value.codePointAt(at);
            if (c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new InvalidParameterException(
                        parameter,
                        parameter + " must be text without NUL characters and halves of surrogate pairs, but has one as"
                                + " character " + (at + 1) + ".");
            }
        }
        return value;
    }

    /** The number of a character and its name, for messages. */
    static String codePoint(int c) {
        String name = Character.getName(c);
        return String.format(Locale.ROOT, "U+%04X", c) + (name == null ? "" : " (" + name + ")");
    }

    /** A text in quotes, for messages: shortened to 80 characters, control and other unprintable characters escaped. */
    public static String quoted(String value) {
        int end = Math.min(value.length(), SHOWN);
        StringBuilder shown = new StringBuilder("'").append(visible(value.substring(0, end)));
        return shown.append(value.length() > end ? "..." : "").append('\'').toString();
    }

    /** A text with control and other unprintable characters escaped, so that it stays on one line and hides nothing. */
    public static String visible(String value) {
        StringBuilder shown = new StringBuilder(value.length());
        value.codePoints().forEach(c -> shown.append(visible(c)));
        return shown.toString();
    }

    private static String visible(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> isPlain(c) ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c);
        };
    }

    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return !Character.isISOControl(c)
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
