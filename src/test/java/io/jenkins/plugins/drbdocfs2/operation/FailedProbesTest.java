package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Status;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports failed probes with the error output of the tool. */
class FailedProbesTest {
    private static final String OCFS2 = "TYPE=ocfs2\nUSAGE=filesystem\nUUID=e2202307\n";

    private static String refusal(SimulatedNodes nodes, Operation operation) {
        return catchThrowableOfType(RefusedException.class, () -> nodes.plan(operation, BOTH))
                .getMessage();
    }

    private static SimulatedNodes with(String found, String blkid) {
        return SimulatedNodes.empty().with("device /dev/sdx", SimulatedNodes.device("/dev/sdx", "8:16", found, blkid));
    }

    @Test
    void reportsTheErrorOfDrbdsetup() {
        SimulatedNodes nodes = SimulatedNodes.empty()
                .with("drbd state", "nonsense\n")
                .withErrorOutput("drbd state", "Could not connect to 'drbd' generic netlink family\n(exit code 20)\n");
        String words = ": Could not connect to 'drbd' generic netlink family (exit code 20)";
        assertThat(refusal(nodes, new DrbdDemote("r0", "sv1"))).contains("so the state of DRBD is unknown" + words);
        assertThat(refusal(nodes, new DrbdRemoveResource("r0", false)))
                .contains("so the state of DRBD is unknown" + words);
        assertThat(refusal(
                        nodes.with("device /dev/sdx", SimulatedNodes.device("/dev/sdx", "8:16", "readable\n", OCFS2)),
                        new ClusterMount("/dev/sdx", "/srv/new", "ocfs2", null, false)))
                .contains("belongs to a resource is not known" + words);
    }

    @Test
    void distinguishesFailedFromMissingLvm() {
        SimulatedNodes nodes = SimulatedNodes.empty()
                .with("lvm", "")
                .withErrorOutput("lvm", "  Locking failed: /run/lock/lvm is read-only.\n");
        assertThat(refusal(nodes, new LvmCreateVolume("sys", "d", "1G", List.of(), Overwrite.NOTHING, false)))
                .contains("do not report there what LVM has: Locking failed: /run/lock/lvm is read-only.")
                .contains("where it is missing, else see on the node why they fail");
    }

    @Test
    void doesNotSuggestToFormatAnUnreadableDevice() {
        for (String type : List.of("ocfs2", "ext4")) {
            assertThat(refusal(with("", ""), new ClusterMount("/dev/sdx", "/srv/new", type, null, false)))
                    .contains("/dev/sdx cannot be read")
                    .doesNotContain("Format");
        }
    }

    @Test
    void warnsOfAVolumeThatCannotBeRead() throws Exception {
        SimulatedNodes nodes = with("readable\n", OCFS2)
                .with("ocfs2 devices", "/dev/sdx\n")
                .withErrorOutput("ocfs2 volume /dev/sdx", "debugfs.ocfs2: Bad magic number in inode\n");
        assertThat(nodes.plan(new Ocfs2Status(null), BOTH).notes())
                .contains(
                        "warning: sv1: /dev/sdx holds OCFS2, but debugfs.ocfs2 does not report of it, so it is missing"
                                + " here: debugfs.ocfs2: Bad magic number in inode");
    }
}
