package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two Primaries with a mounted OCFS2 that lose each other, with the default onPeerLoss: at first they suspend their I/O, and
 * then, with the lab's power switch, they fence each other. A writer is on each node, and every record that was acknowledged
 * is on both nodes afterwards. Each test goes on where the one before it ended.
 */
@TestMethodOrder(OrderAnnotation.class)
class FencingLabIT {
    private static final String BUILD = TwoPrimaries.BUILD;
    private static final String RIGHT = TwoPrimaries.FENCING_DEVICES;
    private static final String MOUNT = "grep ' /mnt/drbd0 ' /proc/self/mountinfo";
    private static final String AWAIT_SUSPENDED = TwoPrimaries.await("drbdsetup status r0 | grep -q suspended");
    private static final String AWAIT_WAITING =
            TwoPrimaries.await("journalctl -b -t drbd-rejoin -o cat | grep \"^waiting: r0\"");
    private static final String STATUS = "drbdStatus('r0')";
    private static final String STEP = "clusterConfigureFencing";
    private static final String FILE = "/etc/drbd-fencing.conf";

    @AutoClose
    private static Lab lab;

    private static TwoPrimaries nodes;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        nodes = new TwoPrimaries(lab);
        String continuing = BUILD.replace("dualPrimary: true,", "dualPrimary: true, onPeerLoss: 'continue',");
        assertThat(LabBuild.start(lab, continuing).succeeds().log()).contains("without fencing");
        String mounted = lab.ssh(1, MOUNT) + lab.ssh(2, MOUNT);
        assertThat(LabBuild.start(lab, BUILD).succeeds().log()).contains("onPeerLoss of 'r0' is 'freeze'");
        assertThat(lab.ssh(1, MOUNT) + lab.ssh(2, MOUNT)).isEqualTo(mounted);
    }

    private static void assertWholeFilesystem() {
        nodes.onBoth("umount /mnt/drbd0");
        lab.ssh(1, "fsck.ocfs2 -n -f /dev/drbd0");
        nodes.onBoth("mount /mnt/drbd0");
    }

    private static String switchLog() {
        return Lab.read(lab.file("switch/log").toString());
    }

    @Test
    @Order(1)
    void aShortCutPausesBothNodes() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        lab.lab("cut", "2");
        nodes.onBoth(AWAIT_SUSPENDED);

        LabBuild build = LabBuild.run(lab, STATUS).succeeds();
        JsonObject sv1 = build.last("drbdStatus", "sv1");
        assertThat(sv1.getString("onPeerLoss")).isEqualTo("freeze");
        assertThat(sv1.getBoolean("suspended")).isTrue();
        assertThat(sv1.getString("waitsFor")).startsWith("sv2 to be connected again");
        assertThat(LabBuild.run(lab, "clusterConfirmNodeDown('sv2')").fails().log())
                .contains("sv2 is not off: it answers to SSH");

        lab.lab("heal", "2");
        writers.forEach(writer -> writer.awaitMore(5));
        RecordWriter.stopOnBoth(lab);
        nodes.awaitConnected();
        RecordWriter.checkOnBoth(writers);
        assertThat(nodes.resets()).isZero();
        LabBuild.start(lab, BUILD).succeeds().changesNothing();
    }

    @Test
    @Order(2)
    void resetNodesRejoinByThemselves() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        lab.lab("cut", "2");
        nodes.onBoth(AWAIT_SUSPENDED);
        for (int number = 1; number <= 2; number++) {
            lab.awaitReset(number, 1);
            lab.ssh(number, AWAIT_WAITING);
            assertThat(lab.ssh(number, "drbdadm role r0; drbdadm dstate r0"))
                    .isEqualTo("Secondary/Unknown\nConsistent/DUnknown\n");
        }
        lab.lab("heal", "2");
        nodes.awaitConnected();
        RecordWriter.checkOnBoth(writers);
    }

    @Test
    @Order(3)
    void confirmingAPowerLossResumesTheOtherNode() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        lab.lab("kill", "2");
        lab.ssh(1, AWAIT_SUSPENDED);

        LabBuild.run(lab, "clusterConfirmNodeDown('sv2')").succeeds();

        writers.get(0).awaitMore(5);
        lab.lab("start", "2");
        nodes.awaitConnected();
        RecordWriter.stopOnBoth(lab);
        RecordWriter.checkOnBoth(writers);
        assertThat(lab.resets(1)).isOne();
        assertWholeFilesystem();
    }

    @Test
    @Order(4)
    void configuresTheDevicesOnceAndChecksThemFirst() {
        String wrong = LabBuild.run(lab, TwoPrimaries.fencingDevices("lab-switch-sv2", "lab-switch-sv2"))
                .fails()
                .log();
        assertThat(wrong)
                .contains("fence_lab for sv1: monitor exited with code 1", "does not switch 'sv1' with this password");
        assertThat(lab.ssh(2, "ls " + FILE + " 2>&1 || true")).contains("No such file");

        LabBuild first = LabBuild.run(lab, RIGHT).succeeds();
        assertThat(first.log())
                .contains("+password=********", "+wait=19")
                .doesNotContain(lab.switchKey(1), lab.switchKey(2));
        assertThat(first.results().toString()).doesNotContain(lab.switchKey(1), lab.switchKey(2));
        assertThat(lab.ssh(1, "stat -c '%a %U' " + FILE)).isEqualTo("600 root\n");
        assertThat(lab.ssh(1, "cat " + FILE)).contains("[sv2]", "password=" + lab.switchKey(2));
        LabBuild again = LabBuild.run(lab, RIGHT).succeeds().changesNothing();
        assertThat(again.last(STEP, "sv1").getObject("power").getString("sv2")).isEqualTo("on");
    }

    @Test
    @Order(5)
    void theDefaultOfTwoPrimariesIsFenceThen() {
        LabBuild build = LabBuild.start(lab, BUILD).succeeds();
        assertThat(build.last("drbdStatus", "sv1").getString("onPeerLoss")).isEqualTo("fence");
        JsonObject status = LabBuild.run(lab, "clusterFenceNode(node: 'sv2', action: 'status')")
                .succeeds()
                .changesNothing()
                .last("clusterFenceNode");
        assertThat(status.getString("power")).isEqualTo("on");
        LabBuild.run(lab, RIGHT).succeeds().changesNothing();
    }

    @Test
    @Order(6)
    void afterAPowerLossTheOtherNodeContinuesAndTheDeadOneComesBack() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        int resets = nodes.resets();
        String boot = nodes.bootId(2);
        lab.lab("kill", "2");

        writers.get(0).awaitMore(20); // those in flight, and those after the fencing
        assertThat(lab.ssh(1, "journalctl -b -t drbd-fence-peer -o cat")).contains("sv2 is off, as its device says");
        nodes.awaitBoot(2, boot);
        nodes.awaitWhole();
        RecordWriter.stopOnBoth(lab);
        RecordWriter.checkOnBoth(writers);
        assertThat(nodes.resets()).isEqualTo(resets);
        assertThat(LabBuild.run(lab, "drbdStatus('r0')")
                        .succeeds()
                        .last("drbdStatus", "sv1")
                        .getObject("lastFencing")
                        .getString("outcome"))
                .isEqualTo("fenced");
    }

    @Test
    @Order(7)
    void aTestWithADeviceThatFailsIsRefused() {
        lab.lab("switch", "unreachable");
        assertThat(LabBuild.run(lab, "clusterTestFencing('sv2')").fails().log())
                .contains("the fencing device of sv2: status exited with code 1");
        lab.lab("switch", "normal");
        nodes.awaitWhole();
        assertThat(LabBuild.run(lab, "clusterTestFencing(node: 'sv2', dryRun: true)")
                        .succeeds()
                        .log())
                .contains("drop the packets of the TCP ports 7789 for 44 s");
    }

    @Test
    @Order(8)
    void afterACutOfTheLinkOneNodeIsFencedAndTheOtherContinues() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        List<String> boots = List.of(nodes.bootId(1), nodes.bootId(2));
        int resets = nodes.resets();
        String before = switchLog();
        lab.lab("cut", "2");

        nodes.awaitBoot(2, boots.get(1));
        writers.get(0).awaitMore(20);
        assertThat(nodes.bootId(1)).isEqualTo(boots.get(0));
        assertThat(lab.ssh(2, "drbdadm role r0")).startsWith("Secondary/");

        lab.lab("heal", "2");
        nodes.awaitWhole();
        RecordWriter.stopOnBoth(lab);
        RecordWriter.checkOnBoth(writers);
        assertThat(nodes.bootId(1)).isEqualTo(boots.get(0));
        assertThat(nodes.resets()).isEqualTo(resets);
        assertThat(switchLog().substring(before.length())).contains(" off sv2").doesNotContain(" off sv1");
        LabBuild.start(lab, BUILD).succeeds().changesNothing();
        assertWholeFilesystem();
    }
}
