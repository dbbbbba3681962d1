package io.jenkins.plugins.drbdocfs2.manual;

import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * The manual of all steps, docs/steps.md: what the help of the forms says, with the parameters and defaults that the step
 * classes have.
 */
final class StepsManual {
    /** Where it is. */
    static final Path FILE = Path.of("docs/steps.md");

    /** What writes it. */
    static final String COMMAND = "mvn -q test -Dtest=StepsManualTest -Dmanual=write";

    /** The steps in the order of a cluster's life. */
    static final Map<String, List<String>> CHAPTERS = new LinkedHashMap<>();

    static {
        CHAPTERS.put("Nodes", List.of("withClusterNodes", "clusterCheck", "clusterExec"));
        CHAPTERS.put("Software and volumes", List.of("drbdInstall", "ocfs2Install", "lvmCreateVolume"));
        CHAPTERS.put("DRBD: building", List.of("drbdCreateResource", "drbdPromote", "drbdWaitSync", "drbdStatus"));
        CHAPTERS.put(
                "DRBD: running",
                List.of("drbdDemote", "drbdSwitchover", "drbdVerify", "drbdResize", "drbdResolveSplitBrain"));
        CHAPTERS.put("DRBD: the end", List.of("drbdRemoveResource"));
        CHAPTERS.put(
                "OCFS2 and other filesystems",
                List.of(
                        "ocfs2ConfigureCluster",
                        "ocfs2Format",
                        "filesystemFormat",
                        "clusterMount",
                        "clusterUnmount",
                        "ocfs2Status",
                        "ocfs2VerifySharing"));
    }

    private static final String HEAD =
            """
            # Steps

            <!-- Made of the help files in src/main/resources and of the step classes. Change those, then run
                 %s -->

            All steps but `withClusterNodes` stand in a block of `withClusterNodes`. They look first and do only what is
            missing; where they would lose data, they refuse and say which parameter allows it, if one does. A step with
            one mandatory parameter also takes it alone: `drbdWaitSync 'r0'`. How to write nodes, host keys, dry runs and
            results is in [using.md](using.md), what to do about an error message in
            [troubleshooting.md](troubleshooting.md).
            """;

    private static final String RESULT =
            """
            The result of every step is a map of plain values with `step` (its name), the parameters that say what it is
            about, `changed` (whether a node was changed, in a dry run whether one would be), `dryRun`, `durationMillis`,
            where there are some `notes` (texts), and `nodes`: by name, what is told of each node. Of each node there are
            always `changed` and `commands` (a list of `command`, `exitCode`, `stdout`, `stderr`, `durationMillis`), where
            files were written `files` (a list of `path` and `diff`), and in a dry run `planned` (texts). The sections
            **Result** below say what else there is. What the nodes are is what was seen; in a dry run after others it is
            what would be, and `assumed` (a list of keys, of a node or of the whole) names all that nobody has seen.
            """;

    private final Markdown text = new Markdown();

    private StepsManual() {}

    /** The whole text. */
    static String make() {
        StepsManual manual = new StepsManual();
        manual.head();
        CHAPTERS.forEach(manual::chapter);
        return manual.text.whole();
    }

    private void head() {
        text.lines(HEAD.formatted(COMMAND).strip());
        CHAPTERS.forEach((title, steps) -> text.item(
                "**" + title + "**: " + steps.stream().map(StepsManual::link).collect(Collectors.joining(", "))));
        text.lines("");
        text.lines("## In every step");
        Component any = step("drbdStatus");
        text.lines("Each step in the block takes these parameters besides its own:");
        ownOf(ClusterStep.class, any).forEach(parameter -> parameter(any, parameter));
        text.paragraph(RESULT, "", "");
    }

    private static String link(String step) {
        return "[" + step + "](#" + step.toLowerCase(Locale.ROOT) + ")";
    }

    private void chapter(String title, List<String> steps) {
        text.lines("## " + title);
        steps.forEach(name -> write(step(name)));
    }

    private static Component step(String name) {
        return Components.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no step " + name));
    }

    private void write(Component step) {
        Help help = step.help();
        text.lines("### " + step.name());
        text.blocks(help.opening());
        parameters(step);
        for (String section : help.sections()) {
            text.lines("**" + section + "**");
            text.blocks(help.section(section));
        }
        Components.parts(step).forEach(part -> part(part));
    }

    private void part(Component part) {
        text.lines("#### " + part.name());
        text.blocks(part.help().opening());
        parameters(part);
    }

    private void parameters(Component component) {
        List<Parameter> own = new ArrayList<>(component.parameters());
        own.removeAll(ownOf(ClusterStep.class, component));
        if (!own.isEmpty()) {
            text.lines("**Parameters**");
        }
        own.forEach(parameter -> parameter(component, parameter));
    }

    /** The parameters that a class gives to those that extend it. */
    private static List<Parameter> ownOf(Class<?> type, Component component) {
        return component.parameters().stream()
                .filter(parameter -> type.isAssignableFrom(component.type()))
                .filter(parameter -> List.of("nodes", "dryRun").contains(parameter.name()))
                .toList();
    }

    private void parameter(Component component, Parameter parameter) {
        Help help = component.help(parameter);
        String standard = parameter.standardInWords();
        String kind =
                help.saysMandatory() ? ", mandatory" : standard == null ? "" : ", default " + Markdown.code(standard);
        List<String> words = new ArrayList<>();
        List<String> blocks = new ArrayList<>();
        for (Element element : help.opening()) {
            if (element.getTagName().equals("p")) {
                words.add(Markdown.inline(element));
            } else if (element.getTagName().equals("pre")) {
                blocks.add(element.getTextContent().strip());
            }
        }
        String said = String.join(" ", words)
                .replaceFirst("(^| )Mandatory(; it may be given alone)?\\.", "")
                .replaceFirst(
                        standard == null ? "$^" : "(^| )Default: " + Pattern.quote(Markdown.code(standard)) + "\\.",
                        "");
        boolean inline = blocks.stream().allMatch(example -> example.lines().count() == 1);
        String examples = inline
                ? blocks.stream()
                        .map(Markdown::code)
                        .reduce((a, b) -> a + ", " + b)
                        .map(all -> " Example: " + all)
                        .orElse("")
                : "";
        text.paragraph(
                "**" + Markdown.code(parameter.name()) + "** (" + parameter.typeInWords() + kind + "): " + said.strip()
                        + examples,
                "- ",
                "  ");
        if (!inline) {
            blocks.forEach(example -> text.example(example, "  "));
        }
    }
}
