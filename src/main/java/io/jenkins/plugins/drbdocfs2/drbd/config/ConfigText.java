package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text in the syntax of drbd.conf(5): sections in braces, statements that end with a semicolon, words with or without
 * quotes. The meaning of the words is not checked. Comments are dropped.
 *
 * @param items in order
 */
public record ConfigText(List<Item> items) implements Serializable {
    /** The option whose value is in no log, result or report. */
    public static final String SECRET = "shared-secret";

    private static final String INDENT = "  ";

    public ConfigText {
        items = List.copyOf(items);
    }

    /** A section or a statement. */
    public sealed interface Item extends Serializable permits Section, Statement {
        /** The first word. */
        String name();
    }

    /**
     * A word.
     *
     * @param text the word without quotes
     * @param quoted whether it has quotes
     */
    public record Word(String text, boolean quoted) implements Serializable {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._:\\[\\]%-]{1,128}");

        /** A word, with quotes if it needs them. */
        public static Word of(String text) {
            return new Word(text, !PLAIN.matcher(text).matches());
        }

        String render() {
            return quoted ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : text;
        }
    }

    /**
     * A section: {@code on sv1 { ... }}.
     *
     * @param name the first word
     * @param arguments the words between the name and the brace
     * @param items in order
     */
    public record Section(String name, List<Word> arguments, List<Item> items) implements Item {
        public Section {
            arguments = List.copyOf(arguments);
            items = List.copyOf(items);
        }

        /** A section without arguments. */
        public static Section of(String name, List<? extends Item> items) {
            return new Section(name, List.of(), List.copyOf(items));
        }
    }

    /**
     * A statement: {@code address 10.0.0.1:7789;}. Its text form shows no secret.
     *
     * @param words at least one
     */
    public record Statement(List<Word> words) implements Item {
        public Statement {
            words = List.copyOf(words);
            Check.that(!words.isEmpty(), "statement", null, "have a word");
        }

        /** A statement of words, with quotes where needed. */
        public static Statement of(String... words) {
            return new Statement(Arrays.stream(words).map(Word::of).toList());
        }

        @Override
        public String name() {
            return words.get(0).text();
        }

        /** The words after the first, separated by spaces; empty if there are none. */
        public String value() {
            return words.stream().skip(1).map(Word::text).collect(Collectors.joining(" "));
        }

        /** The same statement with another first word. */
        public Statement named(String name) {
            return new Statement(
                    Stream.concat(Stream.of(Word.of(name)), words.stream().skip(1))
                            .toList());
        }

        String render() {
            return words.stream().map(Word::render).collect(Collectors.joining(" ")) + ";";
        }

        /** Its text, with a secret masked. */
        @Override
        public String toString() {
            return name().equals(SECRET) ? SECRET + " " + SharedSecretMask.MASK + ";" : render();
        }
    }

    /**
     * Parses a text.
     *
     * @throws TextFormatException with line and column; secrets are not in it
     */
    public static ConfigText parse(String text) {
        return new ConfigTextParser(text).parse();
    }

    /** The text, indented by two spaces, without comments. */
    public String render() {
        StringBuilder text = new StringBuilder();
        render(text, items, "");
        return text.toString();
    }

    private static void render(StringBuilder text, List<Item> items, String indent) {
        for (Item item : items) {
            text.append(indent);
            if (item instanceof Section section) {
                text.append(section.name);
                section.arguments.forEach(word -> text.append(' ').append(word.render()));
                text.append(" {\n");
                render(text, section.items, indent + INDENT);
                text.append(indent).append("}\n");
            } else if (item instanceof Statement statement) {
                text.append(statement.render()).append('\n');
            }
        }
    }
}
