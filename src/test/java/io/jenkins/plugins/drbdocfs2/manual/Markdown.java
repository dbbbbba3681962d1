package io.jenkins.plugins.drbdocfs2.manual;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/** Writes the HTML of help files as Markdown, in lines of at most {@value #WIDTH} characters if possible. */
final class Markdown {
    private static final int WIDTH = 120;
    private static final char NO_BREAK = '\u0001';

    private final StringBuilder text = new StringBuilder();

    /** Adds lines unchanged, and an empty line. */
    Markdown lines(String lines) {
        text.append(lines).append("\n\n");
        return this;
    }

    /** Adds block elements. */
    Markdown blocks(List<Element> elements) {
        elements.forEach(this::block);
        return this;
    }

    /** Adds a list item from Markdown words. */
    Markdown item(String words) {
        wrap(words, "- ", "  ");
        return this;
    }

    /** Adds a paragraph from Markdown words. */
    Markdown paragraph(String words, String first, String indent) {
        wrap(words, first, indent);
        text.append('\n');
        return this;
    }

    private void block(Element element) {
        switch (element.getTagName()) {
            case "p" -> paragraph(inline(element), "", "");
            case "pre" -> example(element.getTextContent(), "");
            case "ul", "dl" -> list(element, "");
            default -> throw new IllegalStateException("No Markdown for <" + element.getTagName() + ">");
        }
    }

    /** Adds a list. */
    Markdown list(Element list, String indent) {
        String term = "";
        for (Element element : Help.children(list)) {
            if (element.getTagName().equals("dt")) {
                term = inline(element) + ": ";
            } else {
                wrap(term + inline(element), indent + "- ", indent + "  ");
            }
        }
        text.append('\n');
        return this;
    }

    /** Adds an example. */
    Markdown example(String code, String indent) {
        text.append(indent).append("```groovy\n");
        code.strip().lines().forEach(line -> text.append((indent + line).stripTrailing())
                .append('\n'));
        text.append(indent).append("```\n\n");
        return this;
    }

    private void wrap(String words, String first, String indent) {
        StringBuilder line = new StringBuilder(first);
        boolean started = false;
        for (String word : words.strip().split("\\s+")) {
            if (started && line.length() + 1 + word.length() > WIDTH) {
                text.append(line.toString().replace(NO_BREAK, ' ')).append('\n');
                line = new StringBuilder(indent);
                started = false;
            }
            line.append(started ? " " : "").append(word);
            started = true;
        }
        text.append(line.toString().replace(NO_BREAK, ' ')).append('\n');
    }

    /** The words of an element; non-breaking blanks are marked. */
    static String inline(Element element) {
        StringBuilder words = new StringBuilder();
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            words.append(inline(nodes.item(i)));
        }
        return words.toString().replaceAll("[ \\t\\r\\n]+", " ").strip();
    }

    private static String inline(Node node) {
        if (node instanceof Text) {
            return node.getTextContent()
                    .replaceAll("[*\\[\\]`]|\\b_|_\\b", "\\\\$0")
                    .replace("<", "&lt;");
        }
        Element element = (Element) node;
        return switch (element.getTagName()) {
            case "code" -> code(element.getTextContent());
            case "strong" -> "**" + inline(element) + "**";
            case "em" -> "*" + inline(element) + "*";
            default -> throw new IllegalStateException("No Markdown for <" + element.getTagName() + "> in a text");
        };
    }

    /** A piece of code in a text, without line breaks. */
    static String code(String code) {
        String words = code.strip().replaceAll("\\s+", String.valueOf(NO_BREAK));
        return words.contains("`") ? "``" + NO_BREAK + words + NO_BREAK + "``" : "`" + words + "`";
    }

    /** The whole text, with one line end at its end. */
    String whole() {
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        return String.join("\n", lines).strip() + "\n";
    }
}
