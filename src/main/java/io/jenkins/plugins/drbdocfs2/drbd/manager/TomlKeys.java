package io.jenkins.plugins.drbdocfs2.drbd.manager;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a TOML document, each with those of the tables that it is in: {@code [a.b]} with {@code c = 1} has a, b and c.
 * An array of tables counts as one table. Values are only skipped, and keys that are there twice are accepted.
 */
final class TomlKeys {
    private static final int DEEPEST = 64;
    private static final Map<Character, String> ESCAPES =
            Map.of('b', "\b", 't', "\t", 'n', "\n", 'f', "\f", 'r', "\r", 'e', "\u001b", '"', "\"", '\\', "\\");
    private static final Map<Character, Integer> HEX_ESCAPES = Map.of('x', 2, 'u', 4, 'U', 8);

    private final String text;
    private final Set<List<String>> paths = new LinkedHashSet<>();
    private int at;

    private TomlKeys(String text) {
        this.text = text;
    }

    /**
     * The keys of a document.
     *
     * @throws TextFormatException if it is not TOML
     */
    static Set<List<String>> of(String text) {
        TomlKeys keys = new TomlKeys(text);
        keys.document();
        return keys.paths;
    }

    private void document() {
        List<String> table = List.of();
        accept("\uFEFF");
        skip(true);
        while (at < text.length()) {
            if (accept("[[")) {
                table = key(List.of());
                expect("]]");
            } else if (accept("[")) {
                table = key(List.of());
                expect("]");
            } else {
                entry(table, 0);
            }
            skip(false);
            if (at < text.length()) {
                expect("\n");
            }
            skip(true);
        }
    }

    private void entry(List<String> table, int depth) {
        List<String> path = key(table);
        expect("=");
        skip(false);
        value(path, depth);
    }

    /** A key, dotted or not; its path and those of the tables before its last part are kept. */
    private List<String> key(List<String> table) {
        List<String> path = new ArrayList<>(table);
        do {
            skip(false);
            path.add(part());
            paths.add(List.copyOf(path));
            skip(false);
        } while (accept("."));
        return path;
    }

    private String part() {
        if (accept("\"")) {
            return basic();
        }
        if (accept("'")) {
            return until("'", false);
        }
        int begin = at;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (begin == at) {
            throw wrong("a key is expected");
        }
        return text.substring(begin, at);
    }

    private static boolean isBare(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private void value(List<String> path, int depth) {
        if (depth > DEEPEST) {
            throw wrong("too many levels of arrays and tables");
        }
        if (accept("\"\"\"")) {
            multiLine();
        } else if (accept("'''")) {
            until("'''", true);
            // up to two more quotes belong to the string
            acceptAtMost("'", 2);
        } else if (accept("\"")) {
            basic();
        } else if (accept("'")) {
            until("'", false);
        } else if (accept("[")) {
            elements("]", () -> value(path, depth + 1));
        } else if (accept("{")) {
            elements("}", () -> entry(path, depth + 1));
        } else {
            scalar();
        }
    }

    private void elements(String end, Runnable element) {
        skip(true);
        while (!accept(end)) {
            element.run();
            skip(true);
            if (!accept(",")) {
                expect(end);
                return;
            }
            skip(true);
        }
    }

    private void scalar() {
        int begin = at;
        while (at < text.length() && ",]}#\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (text.substring(begin, at).isBlank()) {
            throw wrong("a value is expected");
        }
    }

    private String basic() {
        StringBuilder string = new StringBuilder();
        while (!accept("\"")) {
            char c = next();
            if (c == '\n') {
                throw wrong("a string does not end");
            }
            string.append(c == '\\' ? escaped() : String.valueOf(c));
        }
        return string.toString();
    }

    private String escaped() {
        char c = next();
        Integer digits = HEX_ESCAPES.get(c);
        if (digits == null) {
            String meaning = ESCAPES.get(c);
            if (meaning == null) {
                throw wrong("a wrong escape sequence");
            }
            return meaning;
        }
        String hex = text.substring(at, Math.min(at + digits, text.length()));
        if (!hex.matches("[0-9a-fA-F]{" + digits + "}") || !Character.isValidCodePoint((int) Long.parseLong(hex, 16))) {
            throw wrong("a wrong escape sequence");
        }
        at += digits;
        return Character.toString((int) Long.parseLong(hex, 16));
    }

    private void multiLine() {
        while (!accept("\"\"\"")) {
            if (next() == '\\') {
                next();
            }
        }
        acceptAtMost("\"", 2);
    }

    private String until(String end, boolean lines) {
        int stop = text.indexOf(end, at);
        String string = stop < 0 ? "" : text.substring(at, stop);
        if (stop < 0 || !lines && string.indexOf('\n') >= 0) {
            throw wrong("a string does not end");
        }
        at = stop + end.length();
        return string;
    }

    private char next() {
        if (at == text.length()) {
            throw wrong("a string does not end");
        }
        return text.charAt(at++);
    }

    /** Skips blanks and a comment, or with {@code lines} all of them and the line ends. */
    private void skip(boolean lines) {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
                if (!lines || end < 0) {
                    return;
                }
            } else if (c != ' ' && c != '\t' && c != '\r' && !(lines && c == '\n')) {
                return;
            }
        }
    }

    private boolean accept(String token) {
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void acceptAtMost(String token, int most) {
        int count = 0;
        while (count < most && accept(token)) {
            count++;
        }
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw wrong("'" + (token.equals("\n") ? "end of line" : token) + "' is expected");
        }
    }

    private TextFormatException wrong(String message) {
        String before = text.substring(0, Math.min(at, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new TextFormatException(line, before.length() - before.lastIndexOf('\n'), message);
    }
}
