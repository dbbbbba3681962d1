package io.jenkins.plugins.drbdocfs2.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A parsed report page. It must be well-formed XML as well as HTML, so that no text becomes markup unnoticed. */
final class ReportPage {
    private final Document document;

    ReportPage(String html) {
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed", e);
        }
    }

    /** The texts of all nodes that an XPath finds, with whitespace collapsed. */
    List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        for (Node node : find(path)) {
            texts.add(node.getTextContent().replaceAll("[ \\t\\n]+", " ").strip());
        }
        return texts;
    }

    /** The text of the first node that an XPath finds. */
    String text(String path) {
        return texts(path).get(0);
    }

    /** The number of nodes that an XPath finds. */
    int count(String path) {
        return find(path).size();
    }

    /** The names of all elements, and of all attributes with a leading @. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        NodeList all = document.getElementsByTagName("*");
        for (int n = 0; n < all.getLength(); n++) {
            Element element = (Element) all.item(n);
            names.add(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                names.add("@" + element.getAttributes().item(i).getNodeName());
            }
        }
        return names;
    }

    private List<Node> find(String path) {
        try {
            NodeList found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                nodes.add(found.item(i));
            }
            return nodes;
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }
}
