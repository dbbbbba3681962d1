package io.jenkins.plugins.drbdocfs2.operation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many round trips the probes of each step take before its changes: one, if nothing is said here. */
class LooksOfEachStepTest {
    private static final Map<StepCalls, Integer> ROUND_TRIPS = Map.ofEntries(
            // the clock is read alone, so that its answer is quick
            entry(StepCalls.CHECK, 3),
            entry(StepCalls.HEALTH, 3),
            // then the probes of the described steps
            entry(StepCalls.DESCRIBE, 3),
            // then drbdadm reads the new file, rendered for the node's version of DRBD
            entry(StepCalls.CREATE, 2),
            entry(StepCalls.CREATE_KEEPING, 2),
            entry(StepCalls.CREATE_VOLUMES, 2),
            entry(StepCalls.CREATE_CONFIG, 2),
            // then the lists of apt-get, for packages that are missing
            entry(StepCalls.INSTALL_DRBD, 2),
            entry(StepCalls.INSTALL_OCFS2, 2),
            entry(StepCalls.CONFIGURE_FENCING, 2),
            // then the resources of the node
            entry(StepCalls.CONFIRM_DOWN, 2),
            entry(StepCalls.FENCE, 2),
            entry(StepCalls.TEST_FENCING, 2),
            // then the disks of the resource
            entry(StepCalls.REMOVE, 2),
            entry(StepCalls.RESIZE, 2),
            entry(StepCalls.RESOLVE, 2),
            entry(StepCalls.SWITCHOVER, 2),
            // then the least size of a filesystem, as the device is small
            entry(StepCalls.FORMAT, 2),
            // then the mounted device
            entry(StepCalls.SHARING, 2));

    @ParameterizedTest
    @EnumSource(StepCalls.class)
    void takesNoMoreRoundTripsThanItsProbesNeed(StepCalls call) throws Exception {
        Operation operation = ((ClusterStep) call.valid.bind()).operation();
        Map<String, Integer> roundTrips = new HashMap<>();
        call.nodes(call.valid, TestNodes.BOTH)
                .collectFacts(
                        operation, TestNodes.BOTH, (node, probes) -> roundTrips.merge(node.name(), 1, Integer::sum));
        assertThat(roundTrips.values().stream().max(Integer::compare)).hasValue(ROUND_TRIPS.getOrDefault(call, 1));
    }
}
