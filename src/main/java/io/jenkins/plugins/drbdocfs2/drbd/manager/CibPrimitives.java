package io.jenkins.plugins.drbdocfs2.drbd.manager;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The primitives of Pacemaker's CIB that manage DRBD resources, alone or in a clone, a group or a bundle. They may have their
 * agent and parameters from a template, and refer to the parameters of others by their ids.
 */
final class CibPrimitives {
    private static final String ID = "id";
    private static final Set<String> PROVIDERS = Set.of("linbit", "heartbeat");

    private final Document cib;
    private final Map<String, Element> byId = new LinkedHashMap<>();

    private CibPrimitives(Document cib) {
        this.cib = cib;
        elements("*").stream()
                .filter(element -> element.hasAttribute(ID))
                .forEach(element -> byId.putIfAbsent(element.getAttribute(ID), element));
    }

    /**
     * A primitive.
     *
     * @param id its id
     * @param drbdResource its parameter {@code drbd_resource}
     */
    record Primitive(String id, String drbdResource) {}

    /**
     * The primitives of a CIB, or of its section resources.
     *
     * @throws TextFormatException if it is not well-formed
     */
    static List<Primitive> parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return new CibPrimitives(builder.parse(new InputSource(new StringReader(xml)))).primitives();
        } catch (SAXException e) {
            throw new TextFormatException("it is not well-formed XML: " + e.getMessage());
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Element> elements(String name) {
        return list(cib.getElementsByTagName(name));
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private List<Primitive> primitives() {
        List<Primitive> found = new ArrayList<>();
        for (Element primitive : elements("primitive")) {
            Element template = byId.get(primitive.getAttribute("template"));
            Element typed = primitive.hasAttribute("type") || template == null ? primitive : template;
            if (isDrbd(typed)) {
                Set<String> names = new LinkedHashSet<>(resources(primitive));
                if (names.isEmpty() && template != null) {
                    names.addAll(resources(template));
                }
                names.forEach(name -> found.add(new Primitive(primitive.getAttribute(ID), name)));
            }
        }
        return found;
    }

    private static boolean isDrbd(Element typed) {
        return typed.getAttribute("class").equals("ocf")
                && typed.getAttribute("type").equals("drbd")
                && PROVIDERS.contains(typed.getAttribute("provider"));
    }

    private Set<String> resources(Element primitive) {
        Set<String> names = new LinkedHashSet<>();
        for (Element set : list(primitive.getElementsByTagName("instance_attributes"))) {
            for (Element pair : list(referred(set).getElementsByTagName("nvpair"))) {
                Element parameter = referred(pair);
                String value = parameter.getAttribute("value").strip();
                if (parameter.getAttribute("name").equals("drbd_resource") && !value.isEmpty()) {
                    names.add(value);
                }
            }
        }
        return names;
    }

    private Element referred(Element element) {
        return byId.getOrDefault(element.getAttribute("id-ref"), element);
    }
}
