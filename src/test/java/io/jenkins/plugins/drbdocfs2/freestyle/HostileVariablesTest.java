package io.jenkins.plugins.drbdocfs2.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.hostile.BoundedRun;
import io.jenkins.plugins.drbdocfs2.hostile.HostileText;
import io.jenkins.plugins.drbdocfs2.steps.ClusterExecStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdStatusStep;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The text of a build variable is inserted unchanged and only once, whatever it contains. */
class HostileVariablesTest {
    private static final Duration SAFETY_NET = Duration.ofSeconds(20);

    @Provide
    Arbitrary<String> texts() {
        return HostileText.around("echo ${NAME} $NAME ${OTHER} ${NAME");
    }

    @Provide
    Arbitrary<String> values() {
        return HostileText.around("${NAME}$NAME\\1$1");
    }

    private static EnvVars variables(String value) {
        EnvVars variables = new EnvVars();
        variables.put("NAME", value);
        return variables;
    }

    @Property(seed = HostileText.SEED)
    void onlyVariablesInBracesAreReplacedInAScript(@ForAll("texts") String text, @ForAll("values") String value) {
        ClusterExecStep expanded = new Expansion(variables(value)).of(new ClusterExecStep(text));
        assertThat(expanded.getScript()).isEqualTo(text.replace("${NAME}", value));
    }

    @Property(seed = HostileText.SEED)
    void valueOfAVariableIsNotExpandedAgain(@ForAll("values") String value) {
        DrbdStatusStep expanded = new Expansion(variables(value)).of(new DrbdStatusStep("a${NAME}b$NAME"));
        assertThat(expanded.getResource()).isEqualTo(ParameterText.trimmed("a" + value + "b" + value));
    }

    @Example
    void expansionTakesLinearTime() throws Throwable {
        String text = "${NAME}$NAME${".repeat(100_000);
        ClusterExecStep step = BoundedRun.run(
                SAFETY_NET, 1L << 30, () -> new Expansion(variables("${NAME}")).of(new ClusterExecStep(text)));
        assertThat(step.getScript()).hasSameSizeAs(text);
    }
}
