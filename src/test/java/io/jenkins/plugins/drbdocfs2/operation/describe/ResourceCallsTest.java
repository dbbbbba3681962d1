package io.jenkins.plugins.drbdocfs2.operation.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.Drbd9Nodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Resources of real nodes with DRBD 9.2.18, described from what their drbdadm printed. */
class ResourceCallsTest {
    /** The states in which all nodes of the resource were recorded. */
    static List<String> states() {
        return Drbd9.states()
                .filter(state -> Drbd9.nodes(state).stream()
                        .map(node -> DrbdFacts.configured(
                                Drbd9Nodes.node(state, node), Drbd9.resources().get(state)))
                        .allMatch(read -> read.isConfigured()
                                && read.hosts().size() == Drbd9.nodes(state).size()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("states")
    void theParametersSayWhatTheFilesHave(String state) {
        ClusterFacts facts = new ClusterFacts(Drbd9Nodes.cluster(state).all().stream()
                .map(node -> node.with(FencingDevices.PROBE, new FencingDevices(Set.of())))
                .toList());
        NodeFacts first = facts.all().get(0);
        ConfiguredResource configured =
                DrbdFacts.configured(first, Drbd9.resources().get(state));
        List<String> nodes = facts.names().stream()
                .filter(node -> configured.resource().host(node) != null)
                .toList();
        ResourceCalls calls = new ResourceCalls(configured.resource(), configured.common(), nodes, facts);

        DescribedStep step = calls.withParameters().orElseThrow();

        assertThat(step.isValid(facts)).isTrue();
        assertThat(((DrbdCreateResource) step.operation()).isInPlace(step.chosen(facts)))
                .as(step.call().toString())
                .isTrue();
    }
}
