package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The two builds of the plugin, pom.xml and jenkinsci/pom.xml, make the same plugin of the same sources. */
class JenkinsciPomTest {
    private static final Path FOLDER = Path.of("jenkinsci");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.-]+)}");

    private Pom ours;
    private Pom jenkinsci;

    @BeforeEach
    void read() throws Exception {
        ours = new Pom(Path.of("pom.xml"));
        jenkinsci = new Pom(FOLDER.resolve("pom.xml"));
    }

    /** A dependency with its version, which is empty if another POM gives it. */
    private record Dependency(String id, String version, String scope, boolean optional) {
        boolean isPlugin() {
            return id.startsWith("org.jenkins-ci.plugins");
        }
    }

    /** The elements of a POM, with its own properties in place of their names. */
    private record Pom(Element root) {
        Pom(Path file) throws Exception {
            this(parse(file).getDocumentElement());
        }

        private static Document parse(Path file) throws Exception {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        }

        /** The text of the element at this path below the project; empty if there is none. */
        String text(String path) {
            Element at = root;
            for (String name : path.split("/")) {
                List<Element> found = children(at, name);
                if (found.isEmpty()) {
                    return "";
                }
                at = found.get(0);
            }
            return interpolate(at.getTextContent().trim());
        }

        List<String> texts(String name) {
            var found = root.getElementsByTagName(name);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                texts.add(interpolate(found.item(i).getTextContent().trim()));
            }
            return texts;
        }

        String property(String name) {
            return text("properties/" + name);
        }

        List<Dependency> dependencies() {
            return children(children(root, "dependencies").get(0), "dependency").stream()
                    .map(e -> new Dependency(
                            value(e, "groupId") + ":" + value(e, "artifactId"),
                            value(e, "version"),
                            value(e, "scope").isEmpty() ? "compile" : value(e, "scope"),
                            value(e, "optional").equals("true")))
                    .toList();
        }

        private String value(Element of, String name) {
            List<Element> found = children(of, name);
            return found.isEmpty()
                    ? ""
                    : interpolate(found.get(0).getTextContent().trim());
        }

        private String interpolate(String text) {
            Matcher property = PROPERTY.matcher(text);
            return property.replaceAll(name -> {
                String key = name.group(1);
                String value = key.startsWith("project.") ? text(key.substring("project.".length())) : property(key);
                return Matcher.quoteReplacement(value.isEmpty() ? name.group() : value);
            });
        }

        private static List<Element> children(Element of, String name) {
            List<Element> found = new ArrayList<>();
            for (Node child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element element && element.getTagName().equals(name)) {
                    found.add(element);
                }
            }
            return found;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "name",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "properties/jenkins.version"
            })
    void saysTheSameOfThePlugin(String path) {
        assertThat(jenkinsci.text(path)).isNotEmpty().isEqualTo(ours.text(path));
    }

    @Test
    void isTheSameVersion() {
        assertThat(jenkinsci.property("revision")).isEqualTo(ours.text("version"));
        assertThat(jenkinsci.text("version")).isEqualTo(ours.text("version") + "-SNAPSHOT");
    }

    @Test
    void bundlesTheSameLibraries() {
        Map<String, String> bundled = versions(jenkinsci, d -> d.scope().equals("compile") && !d.isPlugin());
        assertThat(bundled).isNotEmpty().isEqualTo(versions(ours, d -> d.scope().equals("compile")));
        assertThat(jenkinsci.property("hpi.bundledArtifacts"))
                .as("as maven-hpi-plugin wants them: sorted")
                .isEqualTo(bundled.keySet().stream()
                        .map(id -> id.substring(id.indexOf(':') + 1))
                        .sorted()
                        .collect(Collectors.joining(",")));
    }

    @Test
    void dependsOnTheSamePlugins() {
        Map<String, Boolean> inManifest = new TreeMap<>();
        for (String plugin : ours.texts("Plugin-Dependencies").get(0).split(",")) {
            inManifest.put(plugin.substring(0, plugin.indexOf(':')), plugin.endsWith(";resolution:=optional"));
        }
        Map<String, Boolean> dependencies = new TreeMap<>();
        jenkinsci.dependencies().stream()
                .filter(d -> d.scope().equals("compile") && d.isPlugin())
                .forEach(d -> dependencies.put(d.id().substring(d.id().indexOf(':') + 1), d.optional()));
        assertThat(dependencies).isNotEmpty().isEqualTo(inManifest);
    }

    @Test
    void testsWithTheSameLibraries() {
        Map<String, String> libraries = versions(jenkinsci, d -> d.scope().equals("test") && versionIsOwn(d));
        assertThat(libraries).isNotEmpty();
        assertThat(versions(ours, d -> d.scope().equals("test"))).containsAllEntriesOf(libraries);
    }

    private boolean versionIsOwn(Dependency dependency) {
        return !dependency.version().isEmpty() && !dependency.id().startsWith("org.jenkins-ci.main:");
    }

    private static Map<String, String> versions(Pom pom, Predicate<Dependency> which) {
        return pom.dependencies().stream()
                .filter(which)
                .collect(Collectors.toMap(Dependency::id, Dependency::version, (a, b) -> a, TreeMap::new));
    }

    @Test
    void leavesTheJavaReleaseToTheParentWhichTakesThatOfJenkins() {
        assertThat(List.of("java.level", "maven.compiler.release", "maven.compiler.source", "maven.compiler.target"))
                .allSatisfy(name -> assertThat(jenkinsci.property(name)).isEmpty());
        assertThat(ours.property("maven.compiler.release")).isEqualTo("17");
        assertThat(ours.property("jenkins.version"))
                .as("the line that needs Java 17")
                .startsWith("2.479.");
    }

    @Test
    void namesOnlyFilesThatExist() throws IOException {
        String root = jenkinsci.property("root");
        List<String> paths = Stream.of("sourceDirectory", "testSourceDirectory", "directory", "source")
                .flatMap(name -> jenkinsci.texts(name).stream())
                .toList();
        assertThat(paths).hasSize(4).allSatisfy(path -> assertThat(FOLDER.resolve(path))
                .isDirectory());
        assertThat(FOLDER.resolve(root)).isDirectory();
        Matcher used = Pattern.compile("\\$\\{root}/([\\w./-]+)").matcher(Files.readString(FOLDER.resolve("pom.xml")));
        assertThat(used.results().map(m -> FOLDER.resolve(root).resolve(m.group(1))))
                .hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(path).exists());
        Matcher targets = Pattern.compile("archives.xml\" target=\"([\\w-]+)\"")
                .matcher(Files.readString(FOLDER.resolve("pom.xml")));
        String archives = Files.readString(Path.of("src/build/archives.xml"));
        assertThat(targets.results().map(m -> m.group(1))).hasSize(2).allSatisfy(target -> assertThat(archives)
                .contains("<target name=\"" + target + "\""));
    }
}
