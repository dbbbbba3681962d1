package io.jenkins.plugins.drbdocfs2.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only a node's software lasts for a block: never its data, devices, mounts, services, states, and the presence of programs. */
class LastingProbesTest {
    private static final Set<String> SOFTWARE = Set.of("os release", "package manager", "version of mkfs.xfs");

    @ParameterizedTest
    @EnumSource(StepCalls.class)
    void keepsOnlyWhatASoftwareIs(StepCalls call) throws Exception {
        Operation operation = ((ClusterStep) call.valid.bind()).operation();
        Set<Probe<?>> asked = new HashSet<>();
        ClusterFacts facts = call.nodes(call.valid, TestNodes.BOTH)
                .collectFacts(operation, TestNodes.BOTH, (node, probes) -> asked.addAll(probes.probes()));
        for (Probe<?> probe : asked) {
            if (!SOFTWARE.contains(probe.key())) {
                assertThat(facts.all()).as(probe.key()).noneMatch(node -> lasts(probe, node));
            }
        }
    }

    private static <T> boolean lasts(Probe<T> probe, NodeFacts node) {
        return node.has(probe) && probe.lasts().test(node.get(probe));
    }
}
