package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values and comments in the syntax of Groovy. Groovy replaces a backslash with a "u" and a number everywhere in a source,
 * also in comments, where it could be the end of the line.
 */
final class GroovyText {
    private static final int WIDTH = 110;

    private GroovyText() {}

    /** A value on one line. */
    static String of(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof StepCall.Lines lines) {
            return quoted(lines.text());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GroovyText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    /** A string literal on one line, without interpolation. */
    static String quoted(String text) {
        return "'" + escaped(text).replace("\n", "\\n") + "'";
    }

    /** A string literal whose lines are on lines of their own with this indentation; the last one has the indentation of its end. */
    static String lines(String text, String indent, String end) {
        return text.stripTrailing()
                .lines()
                .map(line -> line.isBlank() ? "" : indent + escaped(line))
                .collect(Collectors.joining("\n", "'''\n", "\n" + end + "'''"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean unicode = c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == 'u';
            switch (c) {
                case '\\' -> escaped.append(unicode ? "\\134" : "\\\\");
                case '\'' -> escaped.append("\\'");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\n' -> escaped.append(c);
                default -> escaped.append(isVisible(c) ? c : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isVisible(char c) {
        return Character.isSurrogate(c) || Check.visible(String.valueOf(c)).length() == 1;
    }

    /** The lines of a comment. */
    static List<String> comment(String text) {
        String plain = Check.visible(text.strip().replaceAll("\\s+", " ")).replace("\\u", "\\ u");
        return wrapped(plain).lines().map(line -> "// " + line).toList();
    }

    /** A line of code as a comment. */
    static String commented(String line) {
        return "// " + line.replace("\\u", "\\ u");
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ")) {
            if (length > 0 && length + 1 + word.length() > WIDTH) {
                lines.append('\n');
                length = 0;
            } else if (length > 0) {
                lines.append(' ');
                length++;
            }
            lines.append(word);
            length += word.length();
        }
        return lines.toString();
    }
}
