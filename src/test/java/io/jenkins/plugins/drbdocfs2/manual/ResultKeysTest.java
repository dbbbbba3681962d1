package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help of each step lists exactly the keys of its result. */
class ResultKeysTest {
    static Stream<Component> steps() {
        return Components.steps().stream().filter(step -> ClusterStep.class.isAssignableFrom(step.type()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void helpListsTheKeysOfTheResult(Component step) {
        Set<String> documented = step.resultKeys().stream()
                .flatMap(key -> Arrays.stream(key.split("\\.")))
                .filter(key -> !key.equals("NUMBER"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .as("the keys in code in the <dt> of the section Result of "
                        + step.help().path() + ": those that " + operation(step) + " puts into its result")
                .isEqualTo(ResultKeys.of(operation(step)));
    }

    /** The name of the operation class of a step. */
    private static String operation(Component step) {
        return step.type().getSimpleName().replaceFirst("Step$", "");
    }
}
