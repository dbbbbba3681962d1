package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.model.Describable;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.jenkins.ParameterTexts;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Each step and each parameter has a form and a help text, which match the class. */
class HelpTest {
    private static final String ALL = "io.jenkins.plugins.drbdocfs2.manual.Components#all";
    private static final String STEPS = "io.jenkins.plugins.drbdocfs2.manual.Components#steps";
    private static final Path RESOURCES = Path.of("src/main/resources");

    @ParameterizedTest
    @MethodSource(ALL)
    void everyParameterHasAFormEntryAndHelp(Component component) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        component.parameters().forEach(parameter -> names.add(parameter.name()));

        assertThat(Form.of(component.type()).fields())
                .as("the fields in " + Form.path(component.type()) + ": one for each parameter of " + component.name())
                .containsExactlyInAnyOrderElementsOf(names);
        for (Parameter parameter : component.parameters()) {
            assertThat(component.help(parameter))
                    .as("write " + component.path("help-" + parameter.name() + ".html") + ", the help of the parameter "
                            + parameter.name() + " of " + component.name())
                    .isNotNull();
        }
        assertThat(helpFiles(component))
                .as("help files in " + component.path("") + " of what is no parameter of " + component.name())
                .isSubsetOf(names);
    }

    /** Messages about a field, while a form is filled in and when it is saved, name the label. */
    @Test
    void messagesUseTheLabelsOfForms() throws IOException {
        Pattern entry = Pattern.compile("<f:(?:entry|dropdownDescriptorSelector) title=\"([^\"]*)\" field=\"(\\w+)\"");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (Path form : files.filter(file -> file.endsWith("config.jelly")).toList()) {
                entry.matcher(Files.readString(form)).results().forEach(match -> {
                    found.add(match.group(2));
                    assertThat(FormField.label(match.group(2)))
                            .as("the label of " + match.group(2) + ", as in " + form)
                            .isEqualTo(match.group(1));
                });
            }
        }
        assertThat(found)
                .contains("mountPoint", "credentialsId", "connectTimeoutSeconds")
                .hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void formIsNotSavedWithoutAMandatoryField(Component component) throws Exception {
        for (Parameter parameter : component.parameters()) {
            if (parameter.inConstructor() && parameter.type() == String.class) {
                Describable<?> bean = component.without(parameter);
                Throwable refused = catchThrowable(() -> ParameterTexts.checkMandatory(bean));
                if (component.help(parameter).saysMandatory()) {
                    assertThat(refused)
                            .isInstanceOf(InvalidParameterException.class)
                            .hasMessage(component.descriptor().getDisplayName() + ": "
                                    + FormField.label(parameter.name()) + " must not be empty.");
                } else {
                    assertThat(refused).isNull();
                }
            }
        }
    }

    // The fields that are not parameters of a step, and so not in docs/steps.md
    @ParameterizedTest
    @ValueSource(classes = {NamedCluster.class, ClusterConfiguration.class})
    void everyFieldOfTheConfigurationHasHelpWithAnExample(Class<?> type) throws IOException {
        Path folder = RESOURCES.resolve(type.getName().replace('.', '/'));
        assertThat(Form.of(type).fields()).isNotEmpty();
        for (String field : Form.of(type).fields()) {
            assertThat(folder.resolve("help-" + field + ".html")).content().contains("<pre>");
        }
    }

    // Jenkins itself adds an Add button, but no remove button
    @Test
    void everyListEntryHasARemoveButton() throws IOException {
        Pattern list =
                Pattern.compile("<f:repeatableProperty\\b[^>]*?(?:/>|>(.*?)</f:repeatableProperty>)", Pattern.DOTALL);
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (Path form : files.filter(file -> file.endsWith("config.jelly")).toList()) {
                list.matcher(Files.readString(form)).results().forEach(match -> {
                    found.add(form.toString());
                    assertThat(match.group(1)).as(form.toString()).isNotNull().contains("<f:repeatableDeleteButton ");
                });
            }
        }
        assertThat(found).hasSize(6);
    }

    private static List<String> helpFiles(Component component) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(component.path("")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("help-.*\\.html"))
                    .map(file -> file.replaceAll("help-|\\.html", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void helpOfAParameterHasAnExampleAndTheDefaultOfTheClass(Component component) {
        for (Parameter parameter : component.parameters()) {
            Help help = component.help(parameter);
            assertThat(help.examples())
                    .as("an example (<pre>) in " + help.path())
                    .isNotEmpty();
            String standard = parameter.standardInWords();
            if (standard != null) {
                assertThat(help.saidDefault())
                        .as(help.path() + " has to say \"Default: <code>" + standard + "</code>\", as "
                                + component.type().getSimpleName() + " has it")
                        .startsWith(standard);
            } else {
                assertThat(help.saysMandatory() || help.saidDefault() != null)
                        .as(help.path() + " has to say either \"Mandatory\" or \"Default: ...\"")
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void parametersDocumentedAsMandatoryAreRefusedIfMissing(Component component) {
        for (Parameter parameter : component.parameters()) {
            Help help = component.help(parameter);
            Throwable refused = catchThrowable(() -> new ParameterExample(component, parameter).checkWithout());
            boolean checked = ClusterStep.class.isAssignableFrom(component.type()) || component.hasBlock();
            if (help.saysMandatory() && checked) {
                assertThat(refused)
                        .as(help.path() + " says Mandatory, but " + component.name() + " takes it without")
                        .isNotNull();
            } else if (!help.saysMandatory() && parameter.inConstructor()) {
                assertThat(refused)
                        .as(help.path() + " has to say Mandatory: " + component.name() + " is refused without "
                                + parameter.name())
                        .isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(STEPS)
    void helpOfAStepHasItsSections(Component step) {
        Help help = step.help();

        assertThat(help).as("write " + step.path("help.html")).isNotNull();
        List<Element> opening = help.opening();
        assertThat(opening.stream().limit(2).map(Element::getTagName))
                .as("the begin of " + help.path() + ": what the step does and when to use it, then an example")
                .containsExactly("p", "pre");
        assertThat(opening.get(0).getTextContent().split("[.:;]\\s+"))
                .as("the first paragraph of " + help.path() + ": what the step does, and when to use it")
                .hasSizeGreaterThan(1);
        List<String> sections = new ArrayList<>(Help.SECTIONS);
        if (help.sections().contains(Help.WARNINGS)) {
            sections.add(sections.indexOf("Refuses") + 1, Help.WARNINGS);
        }
        assertThat(help.sections()).as("the sections (<h4>) of " + help.path()).isEqualTo(sections);
        for (String section : sections) {
            assertThat(help.section(section))
                    .as("the section " + section + " of " + help.path())
                    .isNotEmpty();
        }
        assertThat(help.examples())
                .as("the examples of " + help.path() + ", all at its begin")
                .hasSize(1);
    }
}
