package io.jenkins.plugins.drbdocfs2.manual;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A help file: one {@code div} with paragraphs, lists and examples ({@code pre}). The help of a step has sections, each
 * with an {@code h4} as its heading, after what it does and when to use it, an example, and details.
 *
 * @param path its path in the plugin
 * @param root the div
 */
record Help(String path, Element root) {
    /** The sections in the help of a step, in their order. */
    static final List<String> SECTIONS = List.of("Changes", "Refuses", "Result");

    /** An optional section after the refusals. */
    static final String WARNINGS = "Warns of";

    private static final Pattern MANDATORY = Pattern.compile("(^|\\s)Mandatory\\b");
    private static final Pattern DEFAULT = Pattern.compile("(^|\\s)Default(?:, [^:]*)?: (.*)", Pattern.DOTALL);

    /** Reads a file. */
    static Help of(String path, String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new Help(
                    path, builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (SAXException e) {
            throw new IllegalStateException(
                    path + " has to be well-formed XML, with characters in place of entities: " + e.getMessage(), e);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The titles of its sections. */
    List<String> sections() {
        return children(root).stream()
                .filter(element -> element.getTagName().equals("h4"))
                .map(Element::getTextContent)
                .toList();
    }

    /** The text before the first section. */
    List<Element> opening() {
        return children(root).stream()
                .takeWhile(element -> !element.getTagName().equals("h4"))
                .toList();
    }

    /** The text of a section. */
    List<Element> section(String title) {
        List<Element> in = new ArrayList<>();
        boolean inside = false;
        for (Element element : children(root)) {
            if (element.getTagName().equals("h4")) {
                inside = element.getTextContent().equals(title);
            } else if (inside) {
                in.add(element);
            }
        }
        return in;
    }

    /** Its examples. */
    List<String> examples() {
        return all(root, "pre").stream().map(Element::getTextContent).toList();
    }

    /** Whether it says that its parameter is mandatory. */
    boolean saysMandatory() {
        return MANDATORY.matcher(prose()).find();
    }

    /** Its text about the default; null if there is none. */
    String saidDefault() {
        Matcher matcher = DEFAULT.matcher(prose());
        return matcher.find() ? matcher.group(2) : null;
    }

    /** Its text without examples. */
    String prose() {
        StringBuilder text = new StringBuilder();
        children(root).stream()
                .filter(element -> !element.getTagName().equals("pre"))
                .forEach(element -> text.append(element.getTextContent()).append(' '));
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    /** The documented keys of the result: all code words in the terms of the lists; dots separate levels. */
    Set<String> resultKeys() {
        Set<String> keys = new LinkedHashSet<>();
        section("Result").forEach(element -> all(element, "dt")
                .forEach(term -> all(term, "code").forEach(code -> keys.add(code.getTextContent()))));
        return keys;
    }

    static List<Element> all(Element element, String tag) {
        return elements(element.getElementsByTagName(tag));
    }

    static List<Element> children(Element element) {
        return elements(element.getChildNodes());
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
