package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.runner.engine.Rehearsal;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in the documentation run: they are valid Groovy, with valid arguments and existing keys of results. */
class ExamplesTest {
    private static final String ALL = "io.jenkins.plugins.drbdocfs2.manual.Components#all";

    static Stream<String> scripts() throws IOException {
        return Examples.scripts().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void jenkinsfilesMatchTheSteps(String place) throws IOException {
        String script = Examples.scripts().get(place);

        assertThat(fault(() -> Examples.rehearsal().run(script)))
                .as("the Jenkinsfile at " + place)
                .isNull();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void examplesInTheHelpOfAStepAreValid(Component component) {
        Help help = component.help();
        for (String example : help == null ? List.<String>of() : help.examples()) {
            assertThat(fault(() -> rehearse(example)))
                    .as("the example in " + help.path() + ":\n" + example)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drbdPromte resource: 'r0', node: 'sv1'",
                "drbdPromote resource: 'r0', nod: 'sv1'",
                "drbdPromote resource: 'r0', node: 'sv3'",
                "drbdWaitSync resource: 'r0', stallSeconds: 'soon'",
                "drbdPromote resource: 'r0'",
                "drbdVolume(number: 0, device: '/dev/drbd0', dsk: '/dev/sys/data')",
                "echo drbdStatus('r0').nodes.sv1.rol",
                "drbdPromote resource: 'r0', node: 'sv1"
            })
    void exampleWithAMistakeIsFound(String example) {
        assertThat(fault(() -> rehearse(example))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void examplesInTheHelpOfAParameterAreValid(Component component) {
        for (Parameter parameter : component.parameters()) {
            for (String example : component.help(parameter).examples()) {
                assertThat(fault(() -> new ParameterExample(component, parameter).check(example)))
                        .as("the example in " + component.help(parameter).path() + ", tried with " + component.name()
                                + ":\n" + example)
                        .isNull();
            }
        }
    }

    @Test
    void nightlyCheckIsThatOfTheClusterItNames() throws IOException {
        assertThat(changes("examples/nightly/Jenkinsfile"))
                .hasSizeGreaterThan(8)
                .isEqualTo(changes("examples/dual-primary-ocfs2/Jenkinsfile"));
    }

    /** The calls of steps in a Jenkinsfile that could change a node, without the comments and spaces of their arguments. */
    private static List<String> changes(String path) throws IOException {
        Rehearsal rehearsal = Examples.rehearsal();
        rehearsal.run(Examples.scripts().get(path).replace("(params.CHECK)", "(false)"));
        return rehearsal.calls().stream()
                .filter(call -> call.name().matches("(lvm|drbd|ocfs2|clusterMount).*"))
                .filter(call -> !call.name().matches(".*(Status|VerifySharing)"))
                .map(call -> call.name()
                        + new TreeMap<>(call.arguments())
                                .toString()
                                .replaceAll("#.*", "")
                                .replaceAll("\\s+", " ")
                                .replace(" protocol=C,", ""))
                .toList();
    }

    /** Runs an example; also makes the objects of symbols that no step of the example takes. */
    private static void rehearse(String example) {
        Rehearsal rehearsal = Examples.rehearsal();
        rehearsal.run(example);
        for (Component component : Components.all()) {
            rehearsal.calls().stream()
                    .filter(call -> call.name().equals(component.name()) && !component.isStep())
                    .forEach(call -> rehearsal.make(component.type(), call.arguments()));
        }
    }

    /** The error of an example; null if there is none. */
    private static String fault(ThrowingCallable tried) {
        Throwable thrown = catchThrowable(tried);
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof InvalidParameterException) {
                return t.getMessage();
            }
        }
        return thrown == null ? null : thrown.toString();
    }
}
