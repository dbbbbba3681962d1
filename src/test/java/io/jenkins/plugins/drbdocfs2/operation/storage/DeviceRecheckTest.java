package io.jenkins.plugins.drbdocfs2.operation.storage;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks that are repeated in the script of a command, just before it runs. */
class DeviceRecheckTest {
    private static final String ZERO = "readable\nzero begin\nzero end\nzero inside\n";
    private static final Overwrite ALLOWED = Overwrite.parse("ext4 6c1d4a34");

    private static SimulatedNodes nodes() {
        return SimulatedNodes.empty()
                .with(
                        "device /dev/sdx",
                        SimulatedNodes.device(
                                "/dev/sdx",
                                "8:16",
                                "readable\nwipefs 0x438,6c1d4a34,,ext4\n",
                                "TYPE=ext4\nUUID=6c1d4a34\n"))
                .with("device /dev/sdy", SimulatedNodes.device("/dev/sdy", "8:32", ZERO, ""))
                .with("file /etc/fstab", "644\n");
    }

    private static String script(Operation operation, List<Node> nodes, String command) throws Exception {
        return nodes().plan(operation, nodes).changes().stream()
                .filter(change -> change.summary().startsWith(command))
                .map(change -> ((Command) change).toRun())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void checksTheContentOfTheOtherDeviceAgainIfOneIsWiped() throws Exception {
        String group = script(
                new LvmCreateVolume("vg", "d", "64M", List.of("/dev/sdx", "/dev/sdy"), ALLOWED, false),
                BOTH,
                "vgcreate");
        assertThat(group)
                .contains("same_use /dev/sdx", "same_content /dev/sdy")
                .doesNotContain("same_content /dev/sdx");

        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sdx", "/dev/sdy")),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
        String metadata = script(
                new DrbdCreateResource(spec, ALLOWED, false, PeerLossPolicy.CONTINUE), BOTH, "drbdadm create-md");
        assertThat(metadata)
                .contains("same_use /dev/sdx", "same_content /dev/sdy")
                .doesNotContain("same_content /dev/sdx");
    }

    @Test
    void mountChecksTheFilesystemAgain() throws Exception {
        assertThat(script(new ClusterMount("/dev/sdx", "/srv/new", "ext4", null, false), List.of(SV1), "mount "))
                .contains("same_content /dev/sdx '' ext4 6c1d4a34");
    }
}
