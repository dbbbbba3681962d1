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
 * The manual of all steps, docs/steps.md: the help texts of the forms, with the parameters and defaults of the step
 * classes.
 */
final class StepsManual {
    /** The path of the manual. */
    static final Path FILE = Path.of("docs/steps.md");

    /** The command that writes the manual. */
    static final String COMMAND = "mvn -q test -Dtest=StepsManualTest -Dmanual=write";

    /** The steps in the order in which one sets up and runs a cluster. */
    static final Map<String, List<String>> CHAPTERS = new LinkedHashMap<>();

    static {
        CHAPTERS.put(
                "Nodes",
                List.of("withClusterNodes", "clusterCheck", "clusterHealth", "clusterDescribe", "clusterExec"));
        CHAPTERS.put("Software and volumes", List.of("drbdInstall", "ocfs2Install", "lvmCreateVolume"));
        CHAPTERS.put("DRBD: building", List.of("drbdCreateResource", "drbdPromote", "drbdWaitSync", "drbdStatus"));
        CHAPTERS.put(
                "DRBD: running",
                List.of("drbdDemote", "drbdSwitchover", "drbdVerify", "drbdResize", "drbdResolveSplitBrain"));
        CHAPTERS.put(
                "Loss of a node",
                List.of("clusterConfigureFencing", "clusterFenceNode", "clusterTestFencing", "clusterConfirmNodeDown"));
        CHAPTERS.put("Maintenance", List.of("clusterReboot", "withNodeInMaintenance"));
        CHAPTERS.put("DRBD: the end", List.of("drbdRemoveResource"));
        CHAPTERS.put(
                "OCFS2 and other filesystems",
                List.of(
                        "ocfs2ConfigureCluster",
                        "ocfs2Format",
                        "filesystemFormat",
                        "filesystemGrow",
                        "clusterMount",
                        "clusterUnmount",
                        "ocfs2Tune",
                        "ocfs2Check",
                        "ocfs2Status",
                        "ocfs2VerifySharing"));
    }

    private static final String HEAD =
            """
            # Steps

            <!-- Generated from the help files in src/main/resources and from the step classes. Change those, then run
                 %s -->

            All steps except `withClusterNodes` run inside `withClusterNodes`. They read the state of the nodes first and
            make only the missing changes. They refuse to lose data, and name the parameter that allows it, if one does; a
            Jenkinsfile can [catch a refusal](using.md#what-is-refused) and decide by its ID. A step with one mandatory
            parameter accepts it without its name: `drbdWaitSync 'r0'`. [using.md](using.md) describes nodes, host keys, dry
            runs and results, and [troubleshooting.md](troubleshooting.md) lists refusals and error messages.
            """;

    private static final String RESULT =
            """
            The result of every step is a map of plain values: `step` (its name), the parameters that name its subject,
            `changed` (whether it changed a node, or in a dry run would change one), `dryRun`, `durationMillis`, `looks`
            (what its probes cost on the node where they cost most: `roundTrips`, the number of scripts, and `processes`, how
            many the node started meanwhile, those of other programs included), `notes` (texts, if there are any), and
            `nodes`, a map from node names to the values of each node. Each node always has
            `changed` and `commands` (a list of `command`, `exitCode`, `stdout`, `stderr`, `durationMillis`), `files` (a list
            of `path` and `diff`) if files were written, and in a dry run `planned` (texts). The sections **Result** below
            list the other values. They are the state of the nodes as read. In a dry run after other dry runs they are the
            planned state, and `assumed` (a list of keys, of a node or of the whole result) names the values that were not
            read from a node.
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
        text.lines("## All steps");
        Component any = step("drbdStatus");
        text.lines("Each step in the block also has these parameters:");
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

    // The choices of a field have no help of their own: that of the field describes them
    private void part(Component part) {
        if (part.help() == null && part.parameters().isEmpty()) {
            return;
        }
        text.lines("#### " + part.name());
        if (part.help() != null) {
            text.blocks(part.help().opening());
        }
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

    /** The parameters that subclasses of a class inherit. */
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
        String known = "(^| )Mandatory(; it can be given without its name)?\\."
                + (standard == null ? "" : "|(^| )Default: " + Pattern.quote(Markdown.code(standard)) + "\\.");
        String first = "- ";
        String words = "**" + Markdown.code(parameter.name()) + "** (" + parameter.typeInWords() + kind + "):";
        List<String> blocks = new ArrayList<>();
        for (Element element : help.opening()) {
            switch (element.getTagName()) {
                case "p" -> words += (" " + Markdown.inline(element)).replaceAll(known, "");
                case "pre" -> blocks.add(element.getTextContent().strip());
                default -> {
                    text.paragraph(words, first, "  ");
                    text.list(element, "  ");
                    first = "  ";
                    words = "";
                }
            }
        }
        boolean inline = blocks.stream().allMatch(example -> example.lines().count() == 1);
        String examples = inline
                ? blocks.stream()
                        .map(Markdown::code)
                        .reduce((a, b) -> a + ", " + b)
                        .map(all -> " Example: " + all)
                        .orElse("")
                : "";
        text.paragraph(words + examples, first, "  ");
        if (!inline) {
            blocks.forEach(example -> text.example(example, "  "));
        }
    }
}
