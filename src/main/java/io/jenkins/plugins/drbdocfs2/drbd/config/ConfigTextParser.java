package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Word;
import java.util.ArrayList;
import java.util.List;

/** Parses {@link ConfigText}, with the limits of drbdadm's own scanner: 128 characters for a word, 255 for a quoted one. */
final class ConfigTextParser {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_WORD = 128;
    private static final int MAX_QUOTED = 255;
    private static final String MARKS = "/._:[]%-";

    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    ConfigTextParser(String text) {
        this.text = text;
    }

    ConfigText parse() {
        return new ConfigText(places().stream().map(Place::item).toList());
    }

    /** An item at the top level, and its begin and end in the text. */
    record Place(Item item, int begin, int end) {}

    /** All items at the top level, in order. */
    List<Place> places() {
        List<Place> places = new ArrayList<>();
        skip();
        while (position < text.length() && text.charAt(position) != '}') {
            int begin = position;
            Item item = item(0);
            places.add(new Place(item, begin, position));
            skip();
        }
        if (position < text.length()) {
            throw wrong("a '}' that closes nothing");
        }
        return places;
    }

    private List<Item> items(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("sections inside each other more than " + MAX_DEPTH + " deep");
        }
        List<Item> items = new ArrayList<>();
        skip();
        while (position < text.length() && text.charAt(position) != '}') {
            items.add(item(depth));
            skip();
        }
        return items;
    }

    private Item item(int depth) {
        int startLine = line;
        int startColumn = position - lineStart + 1;
        List<Word> words = new ArrayList<>();
        while (true) {
            skip();
            char c = position < text.length() ? text.charAt(position) : 0;
            boolean ends = c == '{' || c == ';';
            if (ends && words.isEmpty()) {
                throw wrong("a '" + c + "' without a word before it");
            }
            if (c == ';') {
                position++;
                return new Statement(words);
            }
            if (c == '{') {
                position++;
                return section(words, depth, startLine, startColumn);
            }
            if (position >= text.length() || c == '}') {
                throw new TextFormatException(
                        startLine,
                        startColumn,
                        "the statement " + Check.quoted(words.get(0).text()) + " is not ended by ';'");
            }
            words.add(c == '"' ? quotedWord() : word());
        }
    }

    private Section section(List<Word> words, int depth, int startLine, int startColumn) {
        String name = words.get(0).text();
        List<Item> items = items(depth + 1);
        if (position >= text.length()) {
            throw new TextFormatException(
                    startLine, startColumn, "the section " + Check.quoted(name) + " is not closed by '}'");
        }
        position++;
        return new Section(name, words.subList(1, words.size()), items);
    }

    private Word word() {
        int start = position;
        while (position < text.length() && isWord(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw wrong(Check.quoted(text.substring(position, position + 1)) + " has to be in quotes");
        }
        if (position - start > MAX_WORD) {
            position = start;
            throw wrong("a word of more than " + MAX_WORD + " characters");
        }
        return new Word(text.substring(start, position), false);
    }

    private Word quotedWord() {
        int start = position++;
        StringBuilder word = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '\n') {
            char c = text.charAt(position++);
            if (c == '"') {
                return new Word(word.toString(), true);
            }
            if (c == '\\' && position < text.length() && text.charAt(position) != '\n') {
                c = text.charAt(position++);
            }
            word.append(c);
            if (word.length() > MAX_QUOTED) {
                break;
            }
        }
        position = start;
        throw wrong(
                word.length() > MAX_QUOTED
                        ? "a quoted word of more than " + MAX_QUOTED + " characters"
                        : "the quotes are not closed on this line");
    }

    /** Skips white space and comments. */
    private void skip() {
        for (; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '#') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
                c = '\n';
            }
            if (position >= text.length() || " \t\r\n".indexOf(c) < 0) {
                return;
            }
            if (c == '\n') {
                line++;
                lineStart = position + 1;
            }
        }
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
    }

    private TextFormatException wrong(String message) {
        return new TextFormatException(line, position - lineStart + 1, message);
    }
}
