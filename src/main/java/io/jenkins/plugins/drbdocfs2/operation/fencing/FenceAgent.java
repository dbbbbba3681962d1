package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A fence agent as it describes itself: its action {@code metadata} prints XML with all parameters.
 *
 * @param installed whether the node has it
 * @param parameters its parameters; none if it is not installed
 * @param error why its description cannot be read; empty if it can
 */
record FenceAgent(boolean installed, List<Parameter> parameters, String error) implements Serializable {
    /** Not installed. */
    static final FenceAgent ABSENT = new FenceAgent(false, List.of(), "");

    private static final String METADATA = ShellFile.read(FenceAgent.class, "fence-metadata.sh");

    /** What the script prints if there is no such program. */
    static final String NOT_INSTALLED = "absent";

    /** The names that agents have for the user and for the password, the usual ones first; fence_aws has others. */
    static final List<String> USER = List.of("username", "login", "access_key");

    private static final List<String> PASSWORD = List.of("password", "passwd", "secret_key", "community");

    FenceAgent {
        parameters = List.copyOf(parameters);
    }

    /**
     * A parameter.
     *
     * @param name its name
     * @param obsoletes its former name, which the agent takes too; empty if it has none
     * @param deprecated whether it is such a former name
     * @param required whether it must be given
     */
    record Parameter(String name, String obsoletes, boolean deprecated, boolean required) implements Serializable {
        boolean is(String given) {
            return name.equals(given) || obsoletes.equals(given);
        }
    }

    /** Probes an agent. */
    static Probe<FenceAgent> probe(String name) {
        return new Probe<>("fence agent " + name, script(name), FenceAgent::parse);
    }

    /** The script that prints its description. */
    static String script(String name) {
        return ShellFile.with(METADATA, name);
    }

    private static FenceAgent parse(Reading reading) {
        if (reading.text().strip().equals(NOT_INSTALLED)) {
            return ABSENT;
        }
        return reading.ok()
                ? parse(reading.text())
                : unreadable("its action metadata exits with code " + reading.exitCode());
    }

    /** Reads the XML; documents with a DTD, and so with entities, are not read. */
    static FenceAgent parse(String xml) {
        try {
            Element root = builder()
                    .parse(new InputSource(new StringReader(xml.strip())))
                    .getDocumentElement();
            List<Parameter> parameters = new ArrayList<>();
            NodeList elements = root.getElementsByTagName("parameter");
            for (int i = 0; i < elements.getLength(); i++) {
                parameters.add(parameter((Element) elements.item(i)));
            }
            return parameters.isEmpty()
                    ? unreadable("its metadata name no parameter")
                    : new FenceAgent(true, parameters, "");
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return unreadable("its metadata are no XML: " + e.getMessage());
        }
    }

    private static FenceAgent unreadable(String error) {
        return new FenceAgent(true, List.of(), error);
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null); // it would print to standard error
        return builder;
    }

    private static Parameter parameter(Element element) {
        NodeList contents = element.getElementsByTagName("content");
        boolean standard = contents.getLength() > 0 && ((Element) contents.item(0)).hasAttribute("default");
        return new Parameter(
                element.getAttribute("name"),
                element.getAttribute("obsoletes"),
                element.getAttribute("deprecated").equals("1"),
                element.getAttribute("required").equals("1") && !standard);
    }

    /** Whether it takes a parameter. */
    boolean takes(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.is(name));
    }

    /** The name of its parameter for the user name: the usual one if it is not installed, or has none. */
    String userName() {
        return first(USER);
    }

    /** The name of its parameter for the password: the usual one if it is not installed, or has none. */
    String passwordName() {
        return first(PASSWORD);
    }

    private String first(List<String> names) {
        return names.stream().filter(this::takes).findFirst().orElse(names.get(0));
    }

    /** The required parameters that are not among these names. */
    List<String> missing(List<String> given) {
        return parameters.stream()
                .filter(parameter -> parameter.required() && !parameter.deprecated())
                .filter(parameter -> given.stream().noneMatch(parameter::is))
                .map(Parameter::name)
                .toList();
    }

    /** The parameters with the nearest names, at most three, of those that are not former names. */
    List<String> nearest(String name) {
        return parameters.stream()
                .filter(parameter -> !parameter.deprecated())
                .map(Parameter::name)
                .filter(known -> distance(name, known) <= Math.max(2, name.length() / 2))
                .sorted((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .limit(3)
                .toList();
    }

    /** How many letters have to be changed, added or removed: Levenshtein's distance. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    /** The error as an optional value. */
    Optional<String> fault() {
        return error.isEmpty() ? Optional.empty() : Optional.of(error);
    }
}
