package io.jenkins.plugins.drbdocfs2.operation.guard;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Status;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2VerifySharing;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterUnmount;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Never accesses a device with suspended I/O: steps that need the device are refused, others continue. */
class SuspendedIoCheckTest {
    private static final String DEVICE = "/dev/drbd0";
    private static final String PLACE = "/mnt/data";

    private static SimulatedNodes suspendedOnSv1() {
        return SimulatedNodes.running(true, "Primary", "Primary")
                .on(SV1, "suspended drbd", "0\n")
                .on(SV1, "device " + DEVICE, "block\nreal /dev/drbd0\nnumber 147:0\nbytes 134217728\nsuspended\n")
                .on(SV1, "mount place " + PLACE, "suspended\n")
                .on(SV1, "mounts", SimulatedNodes.mount("147:0", DEVICE, "ocfs2", PLACE));
    }

    private static ClusterFacts probe(Operation operation) throws Exception {
        return suspendedOnSv1().collectFacts(operation, BOTH, (node, probes) -> {});
    }

    static Operation[] stepsThatAccessTheDevice() {
        return new Operation[] {
            new ClusterMount(DEVICE, PLACE, "ocfs2", null, true),
            new ClusterUnmount(DEVICE, PLACE, true),
            new FilesystemFormat(DEVICE, "ext4", null, null),
            new Ocfs2VerifySharing(PLACE, 1, 1, "token"),
            new LvmCreateVolume("sys", "more", "1G", List.of(), null, false),
        };
    }

    @ParameterizedTest
    @MethodSource("stepsThatAccessTheDevice")
    void refusesAStepThatAccessesTheDevice(Operation step) throws Exception {
        ClusterFacts facts = probe(step);
        assertThatThrownBy(() -> SuspendedIoCheck.check(step, facts))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sv1: ")
                .hasMessageContaining("DRBD has suspended ")
                .hasMessageContaining("fence-peer")
                .hasMessageContaining("drbdadm resume-io")
                .hasMessageNotContaining("sv2: ");
    }

    @Test
    void ocfs2StatusContinuesWithAWarning() throws Exception {
        Ocfs2Status step = new Ocfs2Status(null);
        ClusterFacts facts = probe(step);
        assertThatCode(() -> SuspendedIoCheck.check(step, facts)).doesNotThrowAnyException();
        assertThat(step.plan(facts).notes())
                .singleElement()
                .asString()
                .startsWith("warning: sv1: /dev/drbd0 cannot be read: DRBD has suspended its I/O");
        assertThat(report(step, facts.node("sv1")).get("volumes")).isEqualTo(List.of());
    }

    @Test
    void stepsThatDoNotAccessTheDeviceContinue() throws Exception {
        for (Operation step : new Operation[] {new DrbdStatus("r0"), new DrbdDemote("r0", "sv1")}) {
            ClusterFacts facts = probe(step);
            assertThatCode(() -> SuspendedIoCheck.check(step, facts)).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesASwitchoverThatWouldUnmountTheDevice() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .on(SV1, "mounts", SimulatedNodes.mount("147:0", DEVICE, "xfs", PLACE))
                .change(SV1, "sv1: drbd state", state -> state.replace("suspended:no", "suspended:user"));
        DrbdSwitchover step = new DrbdSwitchover("r0", "sv2", null, null);
        assertThatThrownBy(() -> nodes.plan(step, BOTH))
                .hasMessageContaining("sv1: DRBD has suspended the I/O of 'r0', which is mounted at " + PLACE)
                .hasMessageContaining("drbdadm resume-io r0");
    }
}
