package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses cluster.conf exactly as o2cb does (jconfig.c of ocfs2-tools): a name and a colon in the first column begin a
 * stanza, a line without content ends it, attributes are indented, a comment has its # in the first column.
 */
final class ClusterConfStanzas {
    /**
     * A stanza.
     *
     * @param kind its name, possibly unknown to o2cb
     * @param line where it begins
     * @param attributes the last value of each
     */
    record Stanza(String kind, int line, Map<String, String> attributes) {}

    private final String text;
    private final List<Stanza> stanzas = new ArrayList<>();
    private final List<Integer> comments = new ArrayList<>();
    private int at;
    private int line = 1;
    private Stanza open;

    private ClusterConfStanzas(String text) {
        this.text = text;
    }

    /**
     * Parses a file.
     *
     * @throws TextFormatException with the line that o2cb refuses
     */
    static ClusterConfStanzas read(String text) {
        ClusterConfStanzas file = new ClusterConfStanzas(text);
        if (text.indexOf('\0') >= 0) {
            throw new TextFormatException("there is a NUL in it, at which o2cb stops reading");
        }
        while (file.at < text.length()) {
            file.line();
        }
        return file;
    }

    /** The stanzas, in order. */
    List<Stanza> stanzas() {
        return stanzas;
    }

    /** The lines of comments. */
    List<Integer> comments() {
        return comments;
    }

    private void line() {
        char first = text.charAt(at);
        if (isBlank(first)) {
            skipBlanks();
            if (isEnd()) {
                open = null;
                next();
            } else {
                attribute();
            }
        } else if (first == '#') {
            comments.add(line);
            at = lineEnd();
            next();
        } else if (first == '\n') {
            open = null;
            next();
        } else {
            stanza();
        }
    }

    private void stanza() {
        String name = word();
        boolean named = !name.isEmpty() && at < text.length() && text.charAt(at) == ':';
        at += named ? 1 : 0;
        skipBlanks();
        if (!named || !isEnd()) {
            throw new TextFormatException(
                    line, 1, content() + " is neither cluster:, node: nor heartbeat:, nor is it indented");
        }
        open = new Stanza(name, line, new LinkedHashMap<>());
        stanzas.add(open);
        next();
    }

    private void attribute() {
        if (text.charAt(at) == '#') {
            throw new TextFormatException(
                    line,
                    1,
                    content() + " is an indented comment, which o2cb does not read: put its # into the first column");
        }
        String name = word();
        skipBlanks();
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
            throw new TextFormatException(line, 1, content() + " is not an attribute of a stanza");
        }
        if (open == null) {
            throw stanzas.isEmpty()
                    ? new TextFormatException(line, 1, content() + " is not an attribute of a stanza")
                    : new TextFormatException(
                            line, 1, content() + " belongs to no stanza: an empty line ends a stanza");
        }
        at++;
        skipBlanks();
        open.attributes.put(name, value());
    }

    // A backslash at the end of a line continues the value on the next line, with the line end.
    private String value() {
        StringBuilder value = new StringBuilder();
        while (!isEnd()) {
            char c = text.charAt(at++);
            boolean continued = c == '\\' && isEnd();
            if (continued && at < text.length()) {
                value.append('\n');
                next();
            } else if (!continued) {
                value.append(c);
            }
        }
        next();
        return value.toString().replaceFirst("[ \\t\\n\\r\\f\\x0b]+$", "");
    }

    /** The line that o2cb refuses, in quotes, unless its line end is the reason. */
    private String content() {
        String content = text.substring(text.lastIndexOf('\n', at - 1) + 1, lineEnd());
        int windows = content.indexOf('\r');
        if (windows >= 0) {
            throw new TextFormatException(line, windows + 1, "a Windows line end: o2cb refuses it");
        }
        return Check.quoted(content.strip());
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private boolean isEnd() {
        return at >= text.length() || text.charAt(at) == '\n';
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void next() {
        at++;
        line++;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
