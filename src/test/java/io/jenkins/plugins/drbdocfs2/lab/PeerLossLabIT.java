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
 * Two Primaries with a mounted OCFS2 that lose each other, with the default onPeerLoss: a writer on each node, and every record
 * that was acknowledged is on both nodes afterwards. Each test goes on where the one before it ended.
 */
@TestMethodOrder(OrderAnnotation.class)
class PeerLossLabIT {
    private static final String BUILD =
            Lab.read("examples/dual-primary-ocfs2/Jenkinsfile").replace("size: '1G'", "size: '256M'");
    private static final String AWAIT = "timeout 240 sh -c 'until %s; do sleep 1; done'";
    private static final String AWAIT_SUSPENDED = AWAIT.formatted("drbdsetup status r0 | grep -q suspended");
    private static final String AWAIT_WAITING =
            AWAIT.formatted("journalctl -b -t drbd-rejoin -o cat | grep \"^waiting: r0\"");
    private static final String AWAIT_WHOLE =
            AWAIT.formatted("mountpoint -q /mnt/drbd0 && [ \"$(drbdadm cstate r0)\" = Connected ]"
                    + " && [ \"$(drbdadm dstate r0)\" = UpToDate/UpToDate ]");
    private static final String MOUNT = "grep ' /mnt/drbd0 ' /proc/self/mountinfo";
    private static final String STATUS = "drbdStatus('r0')";

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.upWithPacketFilter("sv1", "sv2");
        String continuing = BUILD.replace("dualPrimary: true,", "dualPrimary: true, onPeerLoss: 'continue',");
        assertThat(LabBuild.start(lab, continuing).succeeds().log()).contains("without fencing");
        String mounted = lab.ssh(1, MOUNT) + lab.ssh(2, MOUNT);
        assertThat(LabBuild.start(lab, BUILD).succeeds().log()).contains("onPeerLoss of 'r0' is 'freeze'");
        assertThat(lab.ssh(1, MOUNT) + lab.ssh(2, MOUNT)).isEqualTo(mounted);
    }

    private static void onBoth(String script) {
        lab.ssh(1, script);
        lab.ssh(2, script);
    }

    @Test
    @Order(1)
    void aShortCutPausesBothNodes() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        lab.lab("cut", "2");
        onBoth(AWAIT_SUSPENDED);

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
        onBoth(AWAIT_WHOLE);
        RecordWriter.checkOnBoth(writers);
        assertThat(lab.resets(1) + lab.resets(2)).isZero();
        LabBuild.start(lab, BUILD).succeeds().changesNothing();
    }

    @Test
    @Order(2)
    void theTestOfAnyLossFreezesBothNodesAndHeals() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        JsonObject seconds = LabBuild.run(lab, "clusterTestFencing('sv2')")
                .succeeds()
                .last("clusterTestFencing")
                .getObject("seconds");
        assertThat(seconds.getDouble("lost")).isBetween(0.0, 25.0);
        assertThat(seconds.getDouble("resumed")).isBetween(20.0, 55.0);
        writers.forEach(writer -> writer.awaitMore(5));
        RecordWriter.stopOnBoth(lab);
        onBoth(AWAIT_WHOLE);
        RecordWriter.checkOnBoth(writers);
        assertThat(lab.resets(1) + lab.resets(2)).isZero();
        assertThat(lab.ssh(2, "iptables-legacy -nL; ls /run/drbd-ocfs2-steps"))
                .doesNotContain("7789", "fencing-test\n");
    }

    @Test
    @Order(3)
    void resetNodesRejoinByThemselves() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        lab.lab("cut", "2");
        onBoth(AWAIT_SUSPENDED);
        for (int number = 1; number <= 2; number++) {
            lab.awaitReset(number, 1);
            lab.ssh(number, AWAIT_WAITING);
            assertThat(lab.ssh(number, "drbdadm role r0; drbdadm dstate r0"))
                    .isEqualTo("Secondary/Unknown\nConsistent/DUnknown\n");
        }
        lab.lab("heal", "2");
        onBoth(AWAIT_WHOLE);
        RecordWriter.checkOnBoth(writers);
    }

    @Test
    @Order(4)
    void confirmingAPowerLossResumesTheOtherNode() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        lab.lab("kill", "2");
        lab.ssh(1, AWAIT_SUSPENDED);

        LabBuild.run(lab, "clusterConfirmNodeDown('sv2')").succeeds();

        writers.get(0).awaitMore(5);
        lab.lab("start", "2");
        onBoth(AWAIT_WHOLE);
        RecordWriter.stopOnBoth(lab);
        RecordWriter.checkOnBoth(writers);
        assertThat(lab.resets(1)).isOne();
        onBoth("umount /mnt/drbd0");
        lab.ssh(1, "fsck.ocfs2 -n -f /dev/drbd0");
    }
}
