package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The example nightly on a healthy cluster, and on one with faults. */
@TestMethodOrder(OrderAnnotation.class)
class HealthLabIT {
    private static final String NIGHTLY = Lab.smallExample("nightly");
    private static final String STATE = "grep cs: /proc/drbd; true";

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.startProcess(lab, NIGHTLY, "--param", "CHECK=false").succeeds();
    }

    private static LabBuild unstable() {
        LabBuild build = LabBuild.start(lab, NIGHTLY).succeeds();
        assertThat(build.log()).contains("Finished: UNSTABLE");
        return build;
    }

    private static JsonObject firstProblem(LabBuild build) {
        JsonObject health = build.last("clusterHealth");
        assertThat(health.getBoolean("healthy")).isFalse();
        JsonArray problems = health.getArray("problems");
        assertThat(build.log())
                .contains("Resolve first: " + problems.getObject(0).getString("id"));
        return problems.getObject(0);
    }

    private static List<String> ids(LabBuild build) {
        return build.last("clusterHealth").getArray("problems").stream()
                .map(problem -> ((JsonObject) problem).getString("id"))
                .toList();
    }

    private static void await(int node, String condition) {
        assertThat(lab.ssh(
                        node,
                        "for i in $(seq 300); do " + condition + " && echo reached && break; sleep 0.2; done; "
                                + STATE))
                .contains("reached");
    }

    @Test
    @Order(1)
    void findsNoProblemAndNoDriftOnAHealthyCluster() {
        LabBuild build = LabBuild.start(lab, NIGHTLY).succeeds().changesNothing();
        assertThat(build.log()).contains("Finished: SUCCESS");
        assertThat(build.last("clusterHealth").getBoolean("healthy")).isTrue();
    }

    @Test
    @Order(2)
    void reportsALineThatSomebodyRemovedFromFstab() {
        lab.ssh(2, "cp /etc/fstab /root/fstab; sed -i '/drbd0/d' /etc/fstab");

        LabBuild build = unstable();

        assertThat(firstProblem(build).getString("id")).isEqualTo("mount.not-in-fstab");
        assertThat(build.log())
                .contains("WARNING: clusterMount: the nodes differ from the Jenkinsfile, this step would change sv2");
        assertThat(build.last("clusterMount", "sv1").getBoolean("changed")).isFalse();
        lab.ssh(2, "cp /root/fstab /etc/fstab");
    }

    @Test
    @Order(3)
    void reportsAFailedDiskFirst() {
        lab.ssh(
                2,
                "dmsetup table sys-drbd0 > /root/table; read a b rest < /root/table;"
                        + " dmsetup suspend --noflush --nolockfs sys-drbd0; dmsetup load sys-drbd0 --table \"$a $b error\";"
                        + " dmsetup resume sys-drbd0");
        lab.ssh(1, "dd if=/dev/zero of=/mnt/drbd0/file bs=1M count=2 oflag=direct 2>&1");
        await(2, "grep -q UpToDate/Diskless /proc/drbd || grep -q Diskless/UpToDate /proc/drbd");

        LabBuild build = unstable();

        JsonObject first = firstProblem(build);
        assertThat(first.getString("id")).isEqualTo("drbd.disk-lost");
        assertThat(first.getString("node")).isEqualTo("sv2");
        assertThat(ids(build)).contains("disk.io-errors").doesNotContain("drbd.blocks-differ");
        lab.ssh(
                2,
                "dmsetup suspend --noflush --nolockfs sys-drbd0; dmsetup load sys-drbd0 --table \"$(cat /root/table)\";"
                        + " dmsetup resume sys-drbd0; drbdadm attach r0 2>&1");
        await(2, "grep -q UpToDate/UpToDate /proc/drbd");
    }

    @Test
    @Order(4)
    void reportsASplitBrainFirst() {
        lab.ssh(1, "umount /mnt/drbd0");
        lab.ssh(2, "umount /mnt/drbd0");
        lab.lab("cut", "sv2");
        await(1, "grep -q 'C s' /proc/drbd");
        await(2, "grep -q 'C s' /proc/drbd");
        for (int node = 1; node <= 2; node++) {
            // what nobody should do: both sides continue to write
            lab.ssh(
                    node,
                    "drbdadm resume-io r0; printf 'written on sv" + node + "' | dd of=/dev/drbd0 bs=512 seek=1000"
                            + " conv=fsync,notrunc 2>&1");
        }
        lab.lab("heal", "sv2");
        await(1, "grep -q -e StandAlone -e WFConnection /proc/drbd && dmesg | grep -q 'Split-Brain detected'");

        LabBuild build = unstable();

        JsonObject first = firstProblem(build);
        assertThat(first.getString("id")).isEqualTo("drbd.split-brain-found");
        assertThat(first.getString("resource")).isEqualTo("r0");
        assertThat(first.getString("finding")).contains("sv1 and sv2");
    }

    @Test
    @Order(5)
    void reportsADeadNodeFirst() {
        lab.lab("kill", "sv2");

        LabBuild build = unstable();

        JsonObject first = firstProblem(build);
        assertThat(first.getString("id")).isEqualTo("node.not-reachable");
        assertThat(first.getString("node")).isEqualTo("sv2");
        assertThat(build.last("clusterHealth", "sv2").getBoolean("reachable")).isFalse();
    }
}
