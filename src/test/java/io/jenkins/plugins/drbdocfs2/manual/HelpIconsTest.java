package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.freestyle.ClusterBuilder;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.HostKeyStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each field of a form has one help icon; Jenkins shows one for each help file and each help attribute. */
class HelpIconsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final String FORM = "config.jelly";

    /** The classes with a form. */
    static Stream<Class<?>> types() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (Path form : files.filter(file -> file.endsWith(FORM)).toList()) {
                String name = RESOURCES.relativize(form.getParent()).toString();
                types.add(Class.forName(name.replace('/', '.')));
            }
        }
        assertThat(types).contains(ClusterBuilder.class, WithClusterNodesStep.class, NamedCluster.class);
        return types.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyFieldHasOneEntryAndOneHelpFile(Class<?> type) throws IOException {
        assertThat(folder(type).resolve(FORM))
                .content()
                .as("a help attribute: the icon of a field is that of its file help-FIELD.html")
                .doesNotContainPattern("\\shelp *=");
        List<String> fields = Form.of(type).fields();
        assertThat(fields).as("the fields in the form of " + type).doesNotHaveDuplicates();
        for (String field : fields) {
            assertThat(helpOf(type, field))
                    .as("the help of the field " + field + " of " + type)
                    .hasSize(1);
        }
    }

    /** A dropdown list has an icon for its field; it would show another one for the help file of the choice. */
    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.drbdocfs2.manual.Components#all")
    void choicesAreDescribedInTheHelpOfTheirField(Component component) {
        for (Parameter parameter : component.parameters()) {
            if (parameter.type() instanceof Class<?> type && Describable.class.isAssignableFrom(type)) {
                for (Component choice : Components.kinds(type)) {
                    assertThat(choice.help())
                            .as(choice.path("help.html") + ": its text belongs into the help of " + parameter.name())
                            .isNull();
                    assertThat(items(component.help(parameter)))
                            .as("the choices in " + component.help(parameter).path())
                            .anyMatch(item -> item.startsWith(choice.name() + "("));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {NamedCluster.class, ClusterConfiguration.class})
    void hostKeyStrategiesAreDescribedAlikeInAllForms(Class<?> type) throws IOException {
        Path file = folder(type).resolve("help-hostKeys.html");
        Component step = Components.of(WithClusterNodesStep.class);

        assertThat(items(Help.of(file.toString(), Files.readString(file))))
                .hasSameSizeAs(Components.kinds(HostKeyStrategy.class))
                .isEqualTo(items(step.help(step.parameter("hostKeys"))));
    }

    private static List<String> items(Help help) {
        return Help.all(help.root(), "li").stream()
                .map(item -> item.getTextContent().replaceAll("\\s+", " "))
                .toList();
    }

    /** The places where Jenkins finds the help of a field: files of the class and its superclasses, and of others. */
    private static Set<String> helpOf(Class<?> type, String field) {
        Set<String> found = new LinkedHashSet<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            Path file = folder(c).resolve("help-" + field + ".html");
            if (Files.exists(file)) {
                found.add(file.toString());
            }
        }
        if (type == ClusterBuilder.class) {
            Descriptor<?> descriptor = new ClusterBuilder.DescriptorImpl();
            String other = descriptor.getHelpFile(field);
            if (other != null) {
                found.add(other);
                assertThat(helpOf(WithClusterNodesStep.class, field)).as(other).hasSize(1);
            }
        }
        return found;
    }

    private static Path folder(Class<?> type) {
        return RESOURCES.resolve(type.getName().replace('.', '/'));
    }
}
