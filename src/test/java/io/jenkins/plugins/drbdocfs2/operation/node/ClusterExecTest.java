package io.jenkins.plugins.drbdocfs2.operation.node;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.Outcome;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.SequentialCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterExecTest {
    private static final String SCRIPT = "echo \"it's $((6 * 7))\"\n\necho oops >&2\nexit 3\n";

    private final List<String> log = new ArrayList<>();

    private static ClusterExec exec(String script) {
        return new ClusterExec(script, true, false, 60);
    }

    @Test
    void runsTheScriptVerbatimOnEveryNode() {
        Plan plan = exec(SCRIPT).plan(cluster(answered(SV1), answered(SV2)));

        assertThat(plan.stages()).hasSize(1);
        assertThat(plan.changes()).extracting(Change::node).containsExactly("sv1", "sv2");
        assertThat(plan.changes())
                .allMatch(change -> ((Change.Command) change).command().equals(SCRIPT));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void returnsExitCodeAndOutputsAndFailsUnlessReturnStatus(boolean returnStatus) throws Exception {
        SequentialCluster machine = SequentialCluster.thisMachine();
        // the engine accepts only root
        org.junit.jupiter.api.Assumptions.assumeTrue(
                new ProcessBuilder("test", "-w", "/root").start().waitFor() == 0);
        Outcome outcome =
                new Engine(machine, log::add).run(new ClusterExec(SCRIPT, true, returnStatus, 60), List.of(), false);

        if (returnStatus) {
            assertThat(outcome.failure()).isNull();
        } else {
            assertThat(outcome.failure())
                    .contains("`echo \"it's $((6 * 7))\" … (4 lines)` failed with exit code 3: oops\n"
                            + "It printed: it's 42");
        }
        assertThat(outcome.result()).containsEntry("changed", true).containsEntry("script", SCRIPT);
        Map<?, ?> node = (Map<?, ?>) ((Map<?, ?>) outcome.result().get("nodes"))
                .get(machine.nodes().get(0).name());
        Map<?, ?> outputs = returnStatus ? node : (Map<?, ?>) ((List<?>) node.get("commands")).get(0);
        assertThat(outputs.get("exitCode")).isEqualTo(3);
        assertThat(outputs.get("stdout")).isEqualTo("it's 42\n");
        assertThat(outputs.get("stderr")).isEqualTo("oops\n");
        assertThat(log).anyMatch(line -> line.endsWith("| it's 42"));
        assertThat(log).noneMatch(line -> line.contains("\n"));
    }

    @Test
    void dryRunRunsNothing() throws Exception {
        SequentialCluster machine = SequentialCluster.thisMachine();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                new ProcessBuilder("test", "-w", "/root").start().waitFor() == 0);
        Outcome outcome = new Engine(machine, log::add).run(exec(SCRIPT), List.of(), true);

        assertThat(outcome.failure()).isNull();
        assertThat(machine.scripts()).noneMatch(script -> script.contains("oops"));
        Map<?, ?> node = (Map<?, ?>) ((Map<?, ?>) outcome.result().get("nodes"))
                .get(machine.nodes().get(0).name());
        assertThat(node.containsKey("exitCode")).isFalse();
    }

    @Test
    void resultIsChangedIfTheUserSaysSo() {
        Plan plan = exec(SCRIPT).plan(cluster(answered(SV1)));
        Change.Command command = (Change.Command) plan.changes().get(0);

        assertThat(plan.changesNode(command)).isTrue();
        assertThat(new ClusterExec(SCRIPT, false, false, 60)
                        .plan(cluster(answered(SV1)))
                        .changesNode(command))
                .isFalse();
        assertThat(command.passedOn()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  \n", "a\0b"})
    void refusesAnEmptyScript(String script) {
        assertThatThrownBy(() -> exec(script).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("script must ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -5, 1_000_000})
    void refusesInvalidTimeLimits(int seconds) {
        assertThatThrownBy(() -> new ClusterExec("true", true, false, seconds).check(BOTH))
                .hasMessageStartingWith("timeoutSeconds must ");
    }
}
