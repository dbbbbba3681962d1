package io.jenkins.plugins.drbdocfs2.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The commands that may be sent together with the one before them: they can neither destroy data nor stop anything. */
class HarmlessCommandsTest {
    @Test
    void onlyTheseCommandsAreHarmless() throws Exception {
        Set<String> harmless = new TreeSet<>();
        for (StepCalls call : StepCalls.values()) {
            Operation operation = ((ClusterStep) call.valid.bind()).operation();
            ClusterFacts facts = call.nodes(call.valid, TestNodes.BOTH)
                    .collectFacts(operation, TestNodes.BOTH, (node, probes) -> {});
            for (Change change : operation.plan(facts).changes()) {
                if (change instanceof Command command && command.isHarmless()) {
                    harmless.add(command.command().replaceAll("(systemctl [a-z-]+|\\S+) ?.*", "$1"));
                }
            }
        }
        assertThat(harmless).contains("lvrename").isSubsetOf("lvrename", "systemctl daemon-reload", "systemctl enable");
    }
}
