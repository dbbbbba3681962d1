package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The two examples with nodo1 and nodo2 together on the same nodes, with smaller disks. */
@TestMethodOrder(OrderAnnotation.class)
class TwoExamplesLabIT {
    private static final String SINGLE =
            Lab.read("examples/single-primary-xfs/Jenkinsfile").replace("/dev/sdc", "/dev/lab/www");
    private static final String DUAL =
            Lab.read("examples/dual-primary-tclust/Jenkinsfile").replace("/dev/sdb", "/dev/lab/db");
    private static final String GROW = Lab.read("examples/grow/Jenkinsfile")
            .replace("sv1", "nodo1")
            .replace("sv2", "nodo2")
            .replace("r0", "wwwdata")
            .replace("group: 'sys', name: 'drbd0', size: '2G'", "group: 'lab', name: 'www', size: '448M'")
            .replace("/dev/drbd0", "/dev/drbd1");

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("nodo1", "nodo2");
        for (int node = 1; node <= 2; node++) {
            // mkfs.xfs requires at least 300M
            lab.ssh(node, "vgcreate -qq lab /dev/sdd; lvcreate -qq -L 320M -n www lab; lvcreate -qq -L 256M -n db lab");
        }
    }

    @Test
    @Order(1)
    void keepsTheFileInASwitchoverAndTheSecondaryCannotMount() {
        LabBuild build = LabBuild.startProcess(lab, SINGLE).succeeds();
        assertThat(build.log())
                .contains("Refused as expected: ", "'wwwdata', which /dev/drbd1 belongs to, is Secondary")
                .contains(
                        "nodo1: umount /mnt/wwwdata",
                        "nodo1: drbdadm secondary wwwdata",
                        "nodo2: drbdadm primary wwwdata");
        assertThat(build.last("drbdStatus", "nodo1").getString("role")).isEqualTo("Secondary");
        assertThat(build.last("drbdStatus", "nodo2").getString("role")).isEqualTo("Primary");
        assertThat(lab.ssh(2, "findmnt -n -o SOURCE,FSTYPE /mnt/wwwdata; cat /mnt/wwwdata/prueba.txt"))
                .containsPattern("/dev/drbd1 +xfs")
                .contains("written on nodo1");
        assertThat(lab.ssh(1, "findmnt -n /mnt/wwwdata || echo not mounted")).isEqualTo("not mounted\n");
    }

    @Test
    @Order(2)
    void keepsTheRolesWhenRunAgain() {
        LabBuild.start(lab, SINGLE).succeeds().changesNothing();
        assertThat(lab.ssh(2, "cat /mnt/wwwdata/prueba.txt")).isEqualTo("written on nodo1\n");
    }

    @Test
    @Order(3)
    void growsTheXfsFilesystemWhileMounted() {
        String before = lab.ssh(2, "stat -f -c %b /mnt/wwwdata; grep ' /mnt/wwwdata ' /proc/self/mountinfo");
        JsonObject volume = LabBuild.startProcess(lab, GROW)
                .succeeds()
                .last("drbdResize")
                .getObject("volumes")
                .getObject("0");
        // the space added by lvextend, minus its metadata on the same disk
        assertThat(volume.getLong("newBytes") - volume.getLong("oldBytes")).isBetween((128L << 20) - 4096, 128L << 20);
        String after = lab.ssh(2, "stat -f -c %b /mnt/wwwdata; grep ' /mnt/wwwdata ' /proc/self/mountinfo");
        assertThat(after.split("\n")[1]).isEqualTo(before.split("\n")[1]);
        assertThat(Long.parseLong(after.split("\n")[0])).isGreaterThan(Long.parseLong(before.split("\n")[0]));
        LabBuild.start(lab, GROW).succeeds().changesNothing();
    }

    @Test
    @Order(4)
    void twoNodesWriteToAFilesystemWithTheOptionsOfTheExample() {
        LabBuild build = LabBuild.startProcess(lab, DUAL).succeeds();
        assertThat(build.log())
                .contains(
                        "nodo1: mkfs.ocfs2 --cluster-size 8K -J size=32M -T mail --node-slots 2 --label ocfs2_fs --mount"
                                + " cluster --fs-feature-level=max-features --cluster-stack=o2cb --cluster-name=tclust"
                                + " /dev/drbd2");
        for (int node = 1; node <= 2; node++) {
            assertThat(lab.ssh(
                            node,
                            "cd /sys/kernel/config/cluster/tclust; cat heartbeat/dead_threshold idle_timeout_ms"
                                    + " keepalive_delay_ms reconnect_delay_ms; cat /proc/sys/kernel/panic"))
                    .isEqualTo("21\n15000\n2000\n2000\n30\n");
            assertThat(lab.ssh(node, "cat /etc/default/o2cb"))
                    .contains("O2CB_ENABLED=true", "O2CB_BOOTCLUSTER=tclust", "O2CB_HEARTBEAT_THRESHOLD=21");
        }
        assertThat(lab.ssh(1, "tunefs.ocfs2 -Q '%V %N %T\\n' /dev/drbd2")).isEqualTo("ocfs2_fs 2 8192\n");
        lab.ssh(1, "echo from one > /mnt/dbdata/one; sync");
        assertThat(lab.ssh(2, "cat /mnt/dbdata/one; echo from two > /mnt/dbdata/two; sync"))
                .isEqualTo("from one\n");
        assertThat(lab.ssh(1, "cat /mnt/dbdata/two")).isEqualTo("from two\n");
    }

    @Test
    @Order(5)
    void changesNothingWhenRunAgain() {
        LabBuild.start(lab, DUAL).succeeds().changesNothing();
    }

    @Test
    @Order(6)
    void clusterDescribeWritesTheStepsOfBoth() {
        String jenkinsfile = Description.of(lab, "nodo");
        assertThat(Description.steps(lab, jenkinsfile))
                .containsSubsequence("drbdCreateResource", "drbdPromote", "drbdPromote")
                .containsSubsequence("drbdCreateResource", "drbdPromote", "ocfs2ConfigureCluster")
                .containsSubsequence("ocfs2ConfigureCluster", "filesystemFormat", "clusterMount")
                .containsSubsequence("ocfs2ConfigureCluster", "ocfs2Format", "clusterMount");
        assertThat(jenkinsfile)
                .contains("heartbeatThreshold: 21, idleTimeoutMillis: 15000", "label: 'ocfs2_fs'")
                .contains("type: 'xfs', fstab: false, nodes: 'nodo2'")
                .doesNotContain("This step would");
    }
}
