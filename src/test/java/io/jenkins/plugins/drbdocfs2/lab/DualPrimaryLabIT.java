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

/** The dual-primary example on two real nodes. Each test continues where the previous one ended. */
@TestMethodOrder(OrderAnnotation.class)
class DualPrimaryLabIT {
    // All data fit into the memory of a node: after a connection was lost, DRBD 8.4 may free nothing of what the next
    // one
    // sends. A closed socket of the kernel has no timers (Linux 6.9, and older stable kernels), so it keeps its unsent
    // pages, and reclaim_finished_net_peer_reqs stops at the first page that is in use.
    private static final String EXAMPLE = Lab.smallExample("dual-primary-ocfs2");

    // slow enough that the power fails during the synchronisation on any machine
    private static final String SLOW = EXAMPLE.replace("resync-rate 1G;", "resync-rate 3M;");

    // Everything that a step could change, and nothing that changes by itself
    private static final String STATE =
            """
            drbdadm dump all 2>&1; lsmod | grep -c drbd
            for d in /dev/ubdb /dev/ubdc /dev/ubdd; do { head -c 8M $d; tail -c 8M $d; } | sha256sum; done
            find /etc /mnt /lib/modules-load.d /usr/lib/systemd -type f -newermt 2000-01-01 -exec sha256sum {} + | sort
            systemctl list-unit-files --no-pager; findmnt -rn -o TARGET,SOURCE,OPTIONS; dpkg -l; sysctl kernel.panic
            """;

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
    }

    @Test
    @Order(1)
    void dryRunOnFreshNodesPrintsAllChangesAndMakesNone() {
        String before = lab.ssh(1, STATE) + lab.ssh(2, STATE);
        LabBuild build = LabBuild.startProcess(lab, EXAMPLE, "--dry-run").succeeds();
        assertThat(lab.ssh(1, STATE) + lab.ssh(2, STATE)).isEqualTo(before);
        assertThat(build.results())
                .allSatisfy(result -> assertThat(result.getBoolean("dryRun")).isTrue());
        assertThat(build.log())
                .contains("sv1: vgcreate", "sv2: lvcreate", "sv1: write /etc/drbd.d/r0.res", "sv2: drbdadm create-md")
                .contains(
                        "sv1: drbdadm primary --force r0",
                        "sv2: drbdadm primary r0",
                        "sv2: write /etc/ocfs2/cluster.conf")
                .contains("sv1: mkfs.ocfs2", "sv1: mount -t ocfs2 /dev/drbd0 /mnt/drbd0", "sv2: mount -t ocfs2");
    }

    @Test
    @Order(2)
    void reportsAPowerFailureDuringTheFirstSynchronisation() {
        LabBuild build = LabBuild.startProcess(lab, SLOW);
        build.process().awaitLine(line -> line.contains("sv1: [") && line.contains("MiB to go"));
        lab.lab("kill", "2");
        build.fails();
        assertThat(build.log())
                .contains("ERROR: drbdWaitSync r0: ")
                .contains("sv2")
                .contains("Inconsistent");
        assertThat(build.last("drbdWaitSync").getString("error")).contains("sv2");
    }

    @Test
    @Order(3)
    void completesWhenRunAgainAfterAPowerFailure() {
        lab.lab("start", "2");
        LabBuild build = LabBuild.start(lab, SLOW).succeeds();
        for (String node : new String[] {"sv1", "sv2"}) {
            JsonObject status = build.last("drbdStatus", node);
            assertThat(status.getString("role")).isEqualTo("Primary");
            assertThat(status.getString("disk")).isEqualTo("UpToDate");
            assertThat(status.getString("peerDisk")).isEqualTo("UpToDate");
        }
        lab.ssh(1, "echo from one > /mnt/drbd0/one; sync");
        assertThat(lab.ssh(2, "cat /mnt/drbd0/one; echo from two > /mnt/drbd0/two; sync"))
                .isEqualTo("from one\n");
        assertThat(lab.ssh(1, "cat /mnt/drbd0/two")).isEqualTo("from two\n");
    }

    @Test
    @Order(4)
    void changesNothingAndRunsOnlyProbesWhenRunAgain() {
        LabBuild build = LabBuild.start(lab, SLOW).succeeds();
        for (JsonObject result : build.results()) {
            assertThat(result.getBoolean("changed")).as(result.toString()).isFalse();
            if (!result.getString("step").equals("ocfs2VerifySharing")) {
                assertThat(result.getObject("nodes").values())
                        .allSatisfy(node -> assertThat(((JsonObject) node).getArray("commands"))
                                .isEmpty());
            }
        }
    }

    @Test
    @Order(5)
    void correctsAManualEditOfTheResourceFileOnItsNodeOnly() {
        String gi = lab.ssh(2, "drbdadm get-gi r0/0");
        lab.ssh(2, "sed -i 's/after-sb-2pri disconnect/after-sb-2pri call-pri-lost-after-sb/' /etc/drbd.d/r0.res");
        LabBuild build = LabBuild.start(lab, SLOW).succeeds();
        assertThat(build.last("drbdCreateResource", "sv1").getBoolean("changed"))
                .isFalse();
        JsonObject corrected = build.last("drbdCreateResource", "sv2");
        assertThat(corrected.getBoolean("changed")).isTrue();
        assertThat(corrected.getArray("files").getObject(0).getString("diff"))
                .contains("-    after-sb-2pri call-pri-lost-after-sb;")
                .contains("+    after-sb-2pri disconnect;");
        assertThat(corrected.getArray("commands").toString()).doesNotContain("create-md");
        assertThat(lab.ssh(2, "drbdadm get-gi r0/0")).isEqualTo(gi);
        assertThat(lab.ssh(2, "cat /mnt/drbd0/one")).isEqualTo("from one\n");
    }

    @Test
    @Order(6)
    void clusterDescribeWritesItsStepsAlsoAfterAChangeOfOptions() {
        List<String> all = List.of(
                "drbdInstall",
                "ocfs2Install",
                "lvmCreateVolume",
                "lvmCreateVolume",
                "drbdCreateResource",
                "drbdWaitSync",
                "drbdPromote",
                "drbdPromote",
                "ocfs2ConfigureCluster",
                "ocfs2Format",
                "clusterMount");
        assertThat(Description.steps(lab, Description.of(lab, "sv"))).isEqualTo(all);

        LabBuild.start(lab, Lab.read("examples/rolling-options/Jenkinsfile")).succeeds();
        String jenkinsfile = Description.of(lab, "sv");
        assertThat(Description.steps(lab, jenkinsfile)).isEqualTo(all);
        assertThat(jenkinsfile)
                .contains("onPeerLoss: 'freeze'", "al-extents 3389;")
                .doesNotContain("This step would");
    }
}
