package io.jenkins.plugins.drbdocfs2.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.junit.jupiter.api.Test;

class WithClusterNodesStepTest {
    private static String inTheListOfSteps(Map<String, Object> arguments) {
        return new WithClusterNodesStep.DescriptorImpl().argumentsToString(arguments);
    }

    @Test
    void listOfStepsNamesTheNodes() {
        assertThat(inTheListOfSteps(Map.of(
                        "credentialsId",
                        "root",
                        "nodes",
                        List.of(Map.of("name", "sv1", "host", "10.0.0.1"), Map.of("name", "sv2", "host", "10.0.0.2")))))
                .isEqualTo("sv1, sv2");
    }

    @Test
    void listOfStepsNamesNodesOfEachNotation() {
        Map<String, Object> call = new HashMap<>();
        call.put(
                "nodes",
                List.of(
                        new UninstantiatedDescribable("clusterNode", null, Map.of("name", "sv1", "host", "h1")),
                        Map.of("$class", "ClusterNode", "name", "sv2", "host", "h2")));
        assertThat(inTheListOfSteps(call)).isEqualTo("sv1, sv2");
        call.put("nodes", List.of());
        call.put("cluster", "paris");
        assertThat(inTheListOfSteps(call)).isEqualTo("paris");
    }

    @Test
    void listOfStepsNamesTheCluster() {
        assertThat(inTheListOfSteps(Map.of("cluster", "paris", "dryRun", true))).isEqualTo("paris");
        assertThat(inTheListOfSteps(Map.of("dryRun", true))).isNull();
    }
}
