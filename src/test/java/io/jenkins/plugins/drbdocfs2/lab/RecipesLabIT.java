package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The recipes of docs/operating.md that no other class runs. Each test continues where the previous one ended. */
@TestMethodOrder(OrderAnnotation.class)
class RecipesLabIT {
    private static final String BUILD = Lab.smallExample("dual-primary-ocfs2");
    private static final String SUM = "sha256sum < /mnt/drbd0/data";
    private static final String IN_SYNC = "drbdadm role r0; drbdadm dstate r0; grep -c drbd0 /proc/mounts";

    @AutoClose
    private static Lab lab;

    private static String sum;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.start(lab, BUILD).succeeds();
        lab.ssh(1, "seq 1000000 > /mnt/drbd0/data; sync");
        sum = lab.ssh(1, SUM);
    }

    private static void assertWhole() {
        for (int node = 1; node <= 2; node++) {
            assertThat(lab.ssh(node, IN_SYNC + "; " + SUM)).isEqualTo("Primary/Primary\nUpToDate/UpToDate\n1\n" + sum);
        }
        LabBuild.start(lab, BUILD).succeeds().changesNothing();
    }

    @Test
    @Order(1)
    void replacesADisk() {
        lab.ssh(
                2,
                """
                umount /mnt/drbd0
                drbdadm down r0
                lvremove -qqy sys
                vgremove -qqy sys
                disk=$(pvs --noheadings -o pv_name | tr -d ' ')
                pvremove -qqy $disk
                dd if=/dev/zero of=$disk bs=1M count=512 status=none oflag=direct
                """);
        LabBuild build = LabBuild.start(lab, BUILD).succeeds();
        assertThat(build.last("drbdCreateResource").getBoolean("changed")).isTrue();
        assertWhole();
    }

    @Test
    @Order(2)
    void replacesANode() {
        lab.ssh(
                2,
                """
                umount /mnt/drbd0
                drbdadm down r0
                systemctl stop ocfs2 o2cb drbd || true
                lvremove -qqy sys
                vgremove -qqy sys
                disk=$(pvs --noheadings -o pv_name | tr -d ' ')
                pvremove -qqy $disk
                dd if=/dev/zero of=$disk bs=1M count=512 status=none oflag=direct
                DEBIAN_FRONTEND=noninteractive apt-get -qq -y purge drbd-utils ocfs2-tools > /dev/null
                rm -rf /etc/drbd.d /etc/drbd.conf /etc/ocfs2 /var/lib/drbd /usr/local/sbin/drbd-* /etc/modules-load.d/drbd*
                sed -i /drbd0/d /etc/fstab
                sync
                """);
        lab.lab("kill", "2");
        lab.lab("start", "2");
        LabBuild build = LabBuild.start(lab, BUILD).succeeds();
        assertThat(build.last("drbdInstall", "sv1").getBoolean("changed")).isFalse();
        assertThat(build.last("drbdInstall", "sv2").getBoolean("changed")).isTrue();
        assertWhole();
    }

    @Test
    @Order(3)
    void startsAgainAfterBothNodesWereDown() {
        lab.ssh(2, "echo last > /mnt/drbd0/last; sync");
        lab.lab("kill", "1");
        lab.lab("kill", "2");
        RunningProgram first = lab.start("start", "1");
        lab.lab("start", "2");
        assertThat(first.await().exitCode()).isZero();
        // ssh answers before drbd.service has started the resource
        lab.ssh(1, "timeout 60 sh -c 'until drbdadm cstate r0; do sleep 1; done'");
        lab.ssh(2, "timeout 60 sh -c 'until drbdadm cstate r0; do sleep 1; done'");
        LabBuild.run(lab, "drbdWaitSync('r0')").succeeds();
        lab.ssh(1, "timeout 60 sh -c 'until grep -q drbd0 /proc/mounts; do sleep 1; done'");
        lab.ssh(2, "timeout 60 sh -c 'until grep -q drbd0 /proc/mounts; do sleep 1; done'");
        assertThat(lab.ssh(1, "cat /mnt/drbd0/last")).isEqualTo("last\n");
        assertWhole();
    }

    @Test
    @Order(4)
    void backsUpTheMetadata() {
        LabBuild build = LabBuild.run(
                        lab,
                        """
                        def dump = clusterExec(changed: false, nodes: 'sv1', script: 'drbdadm get-gi r0/0; cat /etc/drbd.d/r0.res /etc/ocfs2/cluster.conf')
                        echo dump.nodes.sv1.stdout
                        """)
                .succeeds();
        assertThat(build.log())
                .contains("resource r0 {", "node_count = 2")
                .containsPattern("[0-9A-F]{16}:[0-9A-F]{16}");
    }
}
