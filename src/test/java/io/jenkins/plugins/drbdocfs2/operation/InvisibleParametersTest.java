package io.jenkins.plugins.drbdocfs2.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.KnownHostsFileStrategy;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import io.jenkins.plugins.drbdocfs2.steps.ClusterMountStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text parameters of steps must not contain invisible characters and must not exceed a maximum length. */
class InvisibleParametersTest {
    private static final List<String> INVISIBLE = List.of(
            "U+0000", "U+0007", "U+001B", "U+0085", "U+00AD", "U+061C", "U+200B", "U+200F", "U+2028", "U+202E",
            "U+2066", "U+FEFF", "U+D800", "U+DC00", "U+FFFF", "U+E0001");

    /** All text parameters of all steps, including those of their lists. */
    static Stream<Arguments> texts() {
        return Arrays.stream(StepCalls.values())
                .flatMap(calls -> calls.valid.givenTexts().stream().map(text -> Arguments.of(calls, text)));
    }

    private static void check(StepCall call) throws AbortException {
        ClusterSession session = new ClusterSession(
                null, List.of(), null, new KnownHostsFileStrategy(), false, 30, false, Reaction.NONE, false, null);
        ((ClusterStep) call.bind()).checkedOperation(null, session);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void refusesInvisibleCharactersAnywhereWithTheirCodePoints(StepCalls calls, String parameter) {
        if (parameter.equals("script")) {
            return;
        }
        String fine = calls.valid.text(parameter);
        for (String name : INVISIBLE) {
            String c = Character.toString(Integer.parseInt(name.substring(2), 16));
            for (String text : List.of(c + fine, fine.charAt(0) + c + fine.substring(1), fine + c)) {
                String named = parameter.substring(parameter.lastIndexOf('.') + 1);
                assertThatThrownBy(() -> check(calls.valid.with(parameter, text)))
                        .as("%s in %s of %s", name, parameter, calls)
                        .isInstanceOf(AbortException.class)
                        .hasMessageContaining(
                                named + " must have no control, formatting or unpaired characters, but has " + name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void refusesTooLongTextsWithTheLimit(StepCalls calls, String parameter) {
        if (parameter.equals("script")) {
            return;
        }
        String huge = calls.valid.text(parameter) + "x".repeat(1 << 20);
        assertThatThrownBy(() -> check(calls.valid.with(parameter, huge)))
                .isInstanceOf(AbortException.class)
                .hasMessageMatching(
                        "(?s).* must have at most (4096|65536) characters, but has " + huge.length() + "\\.");
    }

    @Test
    void trimsBlanksAroundAValue() throws Exception {
        for (String blank : List.of(" ", "\t", "\n", "\r\n", "  ")) {
            ClusterMountStep step = (ClusterMountStep) StepCalls.MOUNT
                    .valid
                    .with("mountPoint", blank + "/srv/valid" + blank)
                    .bind();
            assertThat(step.getMountPoint()).isEqualTo("/srv/valid");
            check(StepCalls.MOUNT.valid.with("mountPoint", blank + "/srv/valid" + blank));
        }
    }

    @Test
    void refusesUnusualBlanksAtTheEnds() {
        assertThatThrownBy(() -> check(StepCalls.MOUNT.valid.with("mountPoint", "/srv/valid\u00a0")))
                .hasMessageContaining(
                        "mountPoint must not begin or end with a blank, but does with U+00A0 (NO-BREAK SPACE)");
    }

    @ParameterizedTest
    @CsvSource({"/srv/Größe", "/srv/データ", "/srv/a b", "/srv/\uD83D\uDE00"})
    void acceptsVisibleCharacters(String mountPoint) {
        assertThatCode(() -> check(StepCalls.MOUNT.valid.with("mountPoint", mountPoint)))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsLineEndsAndTabsInMultilineTexts() {
        assertThat(ParameterText.text("options", "net {\n\tmax-buffers 20000;\n}"))
                .contains("\t");
        assertThat(ParameterText.lines("net {\r\n}\r\n")).isEqualTo("net {\n}");
    }
}
