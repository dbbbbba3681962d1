package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Growing, tuning and checking the filesystem of two real nodes, and a third node in their OCFS2 cluster. */
@TestMethodOrder(OrderAnnotation.class)
class GrowLabIT {
    private static final String BUILD =
            """
            def two = 'sv1 sv2'
            lvmCreateVolume(group: 'sys', name: 'drbd0', size: '96M', devices: '/dev/sdb', nodes: two)
            lvmCreateVolume(group: 'sys', name: 'data', size: '64M', nodes: 'sv1')
            filesystemFormat(device: '/dev/sys/data', type: 'ext4', nodes: 'sv1')
            drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/sys/drbd0', dualPrimary: true, nodes: two,
                options: 'disk { resync-rate 1G; c-plan-ahead 0; }')
            drbdPromote(resource: 'r0', node: 'sv1', force: true)
            drbdWaitSync('r0')
            drbdPromote(resource: 'r0', node: 'sv2')
            ocfs2ConfigureCluster(name: 'ocfs2', nodes: two)
            ocfs2Format(device: '/dev/drbd0', nodes: two)
            clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/drbd0', nodes: two)
            """;
    private static final String GROW =
            """
            lvmCreateVolume(group: 'sys', name: 'drbd0', size: '128M', grow: true, nodes: 'sv1 sv2')
            drbdResize(resource: 'r0', nodes: 'sv1 sv2')
            filesystemGrow(device: '/dev/drbd0', nodes: 'sv1 sv2')
            lvmCreateVolume(group: 'sys', name: 'data', size: '96M', grow: true, nodes: 'sv1')
            filesystemGrow(device: '/dev/sys/data', nodes: 'sv1')
            """;
    private static final String UNMOUNT =
            "clusterUnmount(device: '/dev/drbd0', mountPoint: '/mnt/drbd0', fstab: false, nodes: 'sv1 sv2')\n";
    private static final String MOUNT =
            "clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/drbd0', nodes: 'sv1 sv2')\n";
    private static final String TUNE =
            "ocfs2Tune(device: '/dev/drbd0', nodeSlots: 3, label: 'neu', nodes: 'sv1 sv2')\n";
    private static final String SUM = "sha256sum < /mnt/drbd0/data";

    // i_links_count of struct ocfs2_dinode
    private static final String DAMAGE =
            """
            b=$(debugfs.ocfs2 -R "stat /data" /dev/drbd0 | sed -n 's/.*Inode: \\([0-9]*\\) .*/\\1/p' | head -n 1)
            s=$(debugfs.ocfs2 -R stats /dev/drbd0 | sed -n 's/.*Block Size Bits: \\([0-9]*\\) .*/\\1/p')
            printf '\\005' | dd of=/dev/drbd0 bs=1 seek=$(((b << s) + 42)) conv=notrunc,fsync status=none
            """;

    @AutoClose
    private static Lab lab;

    private static String sum;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2", "sv3");
        LabBuild.run(lab, 3, BUILD).succeeds();
        lab.ssh(1, "seq 1000000 > /mnt/drbd0/data; sync");
        sum = lab.ssh(1, SUM);
    }

    @Test
    @Order(1)
    void growsVolumesDrbdAndFilesystemsWithDataIntact() {
        LabBuild.run(lab, 3, GROW, "--dry-run").succeeds();
        assertThat(lab.ssh(1, "blockdev --getsize64 /dev/sys/drbd0")).isEqualTo((96L << 20) + "\n");
        LabBuild.run(lab, 3, GROW).succeeds();
        assertThat(lab.ssh(2, "stat -f -c '%b %S' /mnt/drbd0 | (read b s; echo $((b * s >> 20)))"))
                .isEqualTo("127\n");
        assertThat(lab.ssh(1, "dumpe2fs -h /dev/sys/data 2>/dev/null | grep -c 'Block count: *98304'"))
                .isEqualTo("1\n");
        assertThat(lab.ssh(2, SUM)).isEqualTo(sum);
        LabBuild.run(lab, 3, GROW).succeeds().changesNothing();
    }

    @Test
    @Order(2)
    void aThirdNodeJoinsAndLeavesTheClusterOfTwoThatHaveItMounted() {
        String join = "ocfs2ConfigureCluster('ocfs2')\n";
        LabBuild.run(lab, 3, join).succeeds();
        for (int node = 1; node <= 3; node++) {
            assertThat(lab.ssh(node, "ls /sys/kernel/config/cluster/ocfs2/node"))
                    .isEqualTo("sv1\nsv2\nsv3\n");
        }
        LabBuild.run(lab, 3, join).succeeds().changesNothing();
        String leave = "ocfs2ConfigureCluster(name: 'ocfs2', removeNodes: 'sv3')\n";
        LabBuild.run(lab, 2, leave).succeeds();
        for (int node = 1; node <= 2; node++) {
            assertThat(lab.ssh(
                            node,
                            "ls /sys/kernel/config/cluster/ocfs2/node; grep -c sv3 /etc/ocfs2/cluster.conf; true"))
                    .isEqualTo("sv1\nsv2\n0\n");
        }
        LabBuild.run(lab, 2, leave).succeeds().changesNothing();
        assertThat(lab.ssh(2, SUM)).isEqualTo(sum);
    }

    @Test
    @Order(3)
    void tunesAndChecksOnlyWhileNoNodeHasItMounted() {
        for (String step : new String[] {TUNE, "ocfs2Check(device: '/dev/drbd0', nodes: 'sv1 sv2')\n"}) {
            LabBuild refused = LabBuild.run(lab, 3, step).fails();
            assertThat(refused.changesNothing().log())
                    .contains("sv1: /dev/drbd0 is in use: mounted at /mnt/drbd0", "sv2: /dev/drbd0 is in use");
        }
        LabBuild.run(lab, 3, UNMOUNT + TUNE).succeeds();
        assertThat(lab.ssh(2, "tunefs.ocfs2 -Q '%V %N\\n' /dev/drbd0")).isEqualTo("neu 3\n");
        LabBuild.run(lab, 3, TUNE).succeeds().changesNothing();
    }

    @Test
    @Order(4)
    void repairsADamageWithDataIntact() {
        String check = "ocfs2Check(device: '/dev/drbd0', nodes: 'sv1 sv2')\n";
        String repair = "ocfs2Check(device: '/dev/drbd0', repair: true, nodes: 'sv1 sv2')\n";
        LabBuild healthy = LabBuild.run(lab, 3, repair).succeeds().changesNothing();
        assertThat(healthy.last("ocfs2Check").getBoolean("clean")).isTrue();
        lab.ssh(1, DAMAGE);
        LabBuild found = LabBuild.run(lab, 3, check).succeeds().changesNothing();
        assertThat(found.last("ocfs2Check").getBoolean("clean")).isFalse();
        assertThat(found.last("ocfs2Check").getArray("findings").toString()).contains("INODE_COUNT");
        LabBuild repaired = LabBuild.run(lab, 3, repair).succeeds();
        assertThat(repaired.last("ocfs2Check").getBoolean("repaired")).isTrue();
        assertThat(repaired.last("ocfs2Check").getBoolean("changed")).isTrue();
        assertThat(repaired.last("ocfs2Check").getBoolean("clean")).isTrue();
        LabBuild.run(lab, 3, repair + MOUNT).succeeds().changesNothing("ocfs2Check");
        assertThat(lab.ssh(2, SUM)).isEqualTo(sum);
    }
}
