package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import java.io.IOException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the documentation run: they are valid Groovy, with valid arguments and existing keys of results. */
class ExamplesTest {
    private static final String ALL = "io.jenkins.plugins.drbdocfs2.manual.Components#all";
    private static final String STEPS = "io.jenkins.plugins.drbdocfs2.manual.Components#steps";

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
    @MethodSource(STEPS)
    void examplesInTheHelpOfAStepAreValid(Component step) {
        for (String example : step.help().examples()) {
            assertThat(fault(() -> Examples.rehearsal().run(example)))
                    .as("the example in " + step.help().path() + ":\n" + example)
                    .isNull();
        }
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
