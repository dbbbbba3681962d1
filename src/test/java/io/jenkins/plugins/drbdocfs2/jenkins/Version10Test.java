package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.io.xml.DomDriver;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.freestyle.ClusterBuilder;
import io.jenkins.plugins.drbdocfs2.result.Json;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import io.jenkins.plugins.drbdocfs2.runner.engine.Rehearsal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.DataBoundConstructor;

/** Reads the files that version 1.0 wrote; see src/test/resources/version-1.0. */
class Version10Test {
    private static final Path FILES = Path.of("src/test/resources/version-1.0");
    private static final String PLUGIN = "io.jenkins.plugins.drbdocfs2.";
    private static final Pattern BUILDER =
            Pattern.compile("<(" + Pattern.quote(PLUGIN) + "freestyle\\.ClusterBuilder)[ >].*</\\1>", Pattern.DOTALL);
    private static final Pattern GETTER = Pattern.compile("(get|is)[A-Z].*");
    private static final Pattern PROPERTY = Pattern.compile("(?:get|is)[A-Z]\\w*(?==)");

    @TempDir
    private Path directory;

    private static String text(String file) throws Exception {
        return Files.readString(FILES.resolve(file));
    }

    private static XStream xstream() {
        XStream xstream = new XStream(new DomDriver());
        xstream.allowTypesByWildcard(new String[] {PLUGIN + "**"});
        return xstream;
    }

    private static ClusterBuilder builder() throws Exception {
        Matcher builder = BUILDER.matcher(text("config.xml"));
        assertThat(builder.find()).isTrue();
        return (ClusterBuilder) xstream().fromXML(builder.group());
    }

    private static Map<String, String> getters(Object object, Set<String> known) throws Exception {
        Map<String, String> values = new TreeMap<>();
        for (Method getter : object.getClass().getMethods()) {
            if (getter.getParameterCount() == 0
                    && GETTER.matcher(getter.getName()).matches()
                    && getter.getDeclaringClass().getName().startsWith(PLUGIN)
                    && !getter.getName().equals("getDescriptor")) {
                getter.setAccessible(true);
                values.put(getter.getName(), describe(getter.invoke(object), known));
            }
        }
        return values;
    }

    /** The values of the getters of version 1.0. Newer properties must have their defaults. */
    private static String describe(Object value, Set<String> known) throws Exception {
        if (value instanceof List<?> list) {
            List<String> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(describe(element, known));
            }
            return elements.toString();
        }
        if (value == null || !value.getClass().getName().startsWith(PLUGIN)) {
            return String.valueOf(value).replace("\n", "\\n");
        }
        Map<String, String> values = getters(value, known);
        Map<String, String> later = new TreeMap<>(values);
        later.keySet().removeAll(known);
        if ("true".equals(values.get("isAcceptUnfenced"))) {
            assertThat(later.remove("getOnPeerLoss")).isEqualTo("continue");
        }
        if (!later.isEmpty()) {
            assertThat(getters(made(value), known)).containsAllEntriesOf(later);
        }
        values.keySet().retainAll(known);
        return value.getClass().getSimpleName() + values;
    }

    private static Object made(Object like) throws Exception {
        Constructor<?> constructor = Arrays.stream(like.getClass().getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            String name = parameter.getName();
            String getter = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            arguments.add(like.getClass()
                    .getMethod((parameter.getType() == boolean.class ? "is" : "get") + getter)
                    .invoke(like));
        }
        return constructor.newInstance(arguments.toArray());
    }

    private static void compare(Object read, String expected) throws Exception {
        Set<String> known =
                PROPERTY.matcher(expected).results().map(MatchResult::group).collect(Collectors.toSet());
        assertThat(describe(read, known)).isEqualTo(expected);
    }

    @Test
    void jobConfigurationIsRead() throws Exception {
        List<String> expected = text("expected.txt").lines().toList();
        ClusterBuilder builder = builder();
        List<Step> steps = builder.getSteps();

        assertThat(steps).hasSize(expected.size() - 2);
        for (int i = 0; i < steps.size(); i++) {
            compare(steps.get(i), expected.get(i));
        }
        builder.setSteps(List.of());
        compare(builder, expected.get(expected.size() - 2));
    }

    @Test
    void globalConfigurationIsRead() throws Exception {
        List<String> expected = text("expected.txt").lines().toList();
        ClusterConfiguration read = new ClusterConfiguration();
        xstream().fromXML(text("global.xml"), read);
        compare(read, expected.get(expected.size() - 1));
    }

    @Test
    void jenkinsfileIsRead() throws Exception {
        Rehearsal rehearsal = new Rehearsal(Map.of(), Map.of());
        rehearsal.run(text("Jenkinsfile"));
        assertThat(rehearsal.calls()).hasSizeGreaterThan(builder().getSteps().size());
    }

    @Test
    void reportOfABuildIsRead() throws Exception {
        TestBuild build = new TestBuild(Files.createDirectory(directory.resolve("job")));
        ReportedStep.begin(
                build.build(),
                TaskListener.NULL,
                new RunningStep("clusterExec", Map.of(), false, List.of(), text -> text));
        Files.copy(
                FILES.resolve("drbd-ocfs2-steps.jsonl"),
                build.build().getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl"),
                StandardCopyOption.REPLACE_EXISTING);
        ReportAction report = build.report();
        report.onLoad(build.build());

        List<String> steps = report.getSteps().stream().map(Json::line).toList();
        assertThat(steps).isEqualTo(text("steps.json").lines().toList());
        assertThat(report.getSummary())
                .isEqualTo("7 steps: 1 changed, 2 unchanged, 1 would change, 1 refused, 2 failed");
        assertThat(report.getBody())
                .contains("id=\"drbd-step-1\"", "id=\"drbd-step-7\"", "&lt;script&gt;alert('noise')&lt;/script&gt;")
                .contains("drbdVerify r9: sv1: resource 'r9' is not up");
    }
}
