package io.jenkins.plugins.drbdocfs2.operation.health;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.operation.TestNodes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterHealthTest {
    private static final ClusterHealth LOOK = new ClusterHealth(null, null);
    private static final String ROOT_MOUNT = SimulatedNodes.mount("98:0", "/dev/root", "ext4", "/");

    private static SimulatedNodes healthy() {
        return SimulatedNodes.running(false, "Primary", "Secondary")
                .with("mounts", ROOT_MOUNT)
                .with("filesystem space", "98:0 4096 1000 500 500 100 50\n")
                .on(SV1, "addresses", "\n=\n\n=\n10.77.0.1\n")
                .on(SV2, "addresses", "\n=\n\n=\n10.77.0.2\n")
                .on(SV1, "reach 10.77.0.2", "10.77.0.2 7789 OPEN\n10.77.0.2 7777 REFUSED\n")
                .on(SV2, "reach 10.77.0.1", "10.77.0.1 7789 OPEN\n10.77.0.1 7777 REFUSED\n")
                .with("clock", System.currentTimeMillis() / 1000 + ".5\n");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> problems(SimulatedNodes nodes) throws Exception {
        ClusterFacts facts = nodes.collectFacts(LOOK, BOTH, (node, probes) -> {});
        Map<String, Object> report = TestNodes.report(LOOK, facts);
        List<Map<String, Object>> problems = (List<Map<String, Object>>) report.get("problems");
        assertThat(report.get("healthy")).isEqualTo(problems.isEmpty());
        return problems;
    }

    private static List<Object> ids(SimulatedNodes nodes) throws Exception {
        return problems(nodes).stream().map(problem -> problem.get("id")).toList();
    }

    private static Map<String, Object> only(SimulatedNodes nodes) throws Exception {
        List<Map<String, Object>> problems = problems(nodes);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @Test
    void findsNothingOnHealthyNodes() throws Exception {
        assertThat(problems(healthy())).isEmpty();
        assertThat(healthy().plan(LOOK, BOTH).notes()).containsExactly("healthy: no problem found");
    }

    @Test
    void reportsANodeThatDoesNotAnswerFirst() throws Exception {
        SimulatedNodes nodes = healthy().without(SV2).change(SV1, "sv1: drbd state", state -> state.replace(
                        "connection:Connected role:Secondary", "connection:Connecting role:Unknown")
                .replace("replication:Established peer-disk:UpToDate", "replication:Off peer-disk:DUnknown"));

        List<Map<String, Object>> problems = problems(nodes);

        assertThat(problems)
                .extracting(problem -> problem.get("id"))
                .startsWith("node.not-reachable", "drbd.connection-lost");
        assertThat(problems.get(0)).containsEntry("severity", "critical").containsEntry("node", "sv2");
        assertThat(problems.get(1).get("finding"))
                .isEqualTo("'r0' is not connected to sv2: sv1 reports Connecting; sv2 does not answer");
    }

    @Test
    void reportsEvenIfNoNodeAnswers() throws Exception {
        assertThat(ids(healthy().without(SV1).without(SV2)))
                .containsExactly("node.not-reachable", "node.not-reachable");
    }

    @Test
    void reportsAFailedDisk() throws Exception {
        SimulatedNodes nodes = healthy()
                .change(
                        SV1,
                        "sv1: drbd state",
                        state -> state.replace("minor:0 disk:UpToDate", "minor:0 disk:Diskless"))
                .on(
                        SV1,
                        "kernel log",
                        "1000.00\n=\n[  940.000000] block drbd0: disk( UpToDate -> Failed ) \n"
                                + "[  950.000000] Buffer I/O error on dev dm-0, logical block 32752, async page read\n");

        List<Map<String, Object>> problems = problems(nodes);

        assertThat(problems)
                .extracting(problem -> problem.get("id"))
                .containsExactly("drbd.disk-lost", "disk.io-errors");
        assertThat(problems.get(0)).containsEntry("node", "sv1").containsEntry("resource", "r0");
        assertThat(problems.get(0).get("finding"))
                .isEqualTo("volume 0 of 'r0' is Diskless there, so the node uses the data of its peer");
        assertThat(problems.get(1).get("finding"))
                .isEqualTo(
                        "the kernel reports `Buffer I/O error on dev dm-0, logical block 32752, async page read` (50 s"
                                + " ago), the last of 2 such lines");
    }

    @Test
    void forgetsErrorsOfTheKernelLogAfterADay() throws Exception {
        assertThat(problems(healthy().with("kernel log", "100000.00\n=\n[ 10.0] I/O error, dev sdb, sector 8\n")))
                .isEmpty();
    }

    @Test
    void reportsAFilesystemThatFoundDamage() throws Exception {
        assertThat(only(healthy()
                        .on(SV2, "kernel log", "1000.00\n=\n[ 990.5] EXT4-fs error (device ubda): ext4_lookup:1800\n")))
                .containsEntry("id", "filesystem.errors-found");
    }

    @Test
    void reportsSuspendedIo() throws Exception {
        SimulatedNodes nodes = healthy()
                .change(
                        SV1,
                        "sv1: drbd state",
                        state -> state.replace("suspended:no write", "suspended:fencing write"));
        assertThat(only(nodes)).containsEntry("id", "drbd.io-suspended").containsEntry("node", "sv1");
    }

    @Test
    void reportsBlocksThatAVerifyFound() throws Exception {
        SimulatedNodes nodes =
                healthy().change(SV1, "sv1: drbd state", state -> state.replace("out-of-sync:0", "out-of-sync:8"));
        assertThat(only(nodes))
                .containsEntry("id", "drbd.blocks-differ")
                .containsEntry("finding", "8 KiB of 'r0' differ between sv1 and sv2, which are connected");
    }

    @Test
    void reportsASynchronisationOnceWithItsDirection() throws Exception {
        SimulatedNodes nodes = healthy()
                .change(SV1, "sv1: drbd state", state -> state.replace(
                                "Established peer-disk:UpToDate", "SyncSource peer-disk:Inconsistent")
                        .replace("out-of-sync:0", "out-of-sync:100"))
                .change(SV2, "sv2: drbd state", state -> state.replace("Established", "SyncTarget")
                        .replace("minor:0 disk:UpToDate", "minor:0 disk:Inconsistent"));
        assertThat(only(nodes))
                .containsEntry("id", "drbd.synchronisation-runs")
                .containsEntry("node", "sv2")
                .containsEntry(
                        "finding", "volume 0 of 'r0' is synchronised from sv1 to sv2 (SyncSource, 100 KiB left)");
    }

    @Test
    void reportsAResourceThatIsDown() throws Exception {
        assertThat(ids(healthy().on(SV2, "drbd state", "exists -\n"))).containsExactly("drbd.resource-down");
    }

    @Test
    void reportsANamedResourceThatDoesNotExist() throws Exception {
        ClusterHealth other = new ClusterHealth("r7", null);
        ClusterFacts facts = healthy().collectFacts(other, BOTH, (node, probes) -> {});
        assertThat(TestNodes.report(other, facts).toString())
                .contains("drbd.resource-down", "there is no resource 'r7' on sv1, sv2");
    }

    @Test
    void reportsWhatCannotBeRead() throws Exception {
        assertThat(only(healthy().on(SV1, "kernel log", "")).get("finding")).isEqualTo("the kernel log cannot be read");
        assertThat(only(healthy().on(SV1, "lvm", "")).get("finding")).isEqualTo("LVM cannot be queried");
        assertThat(only(healthy().on(SV1, "filesystem space", "98:0\n")).get("finding"))
                .isEqualTo("the space of / (ext4, /dev/root) cannot be read");
        assertThat(only(healthy().on(SV1, "clock", "")).get("finding")).isEqualTo("its clock could not be read");
        assertThat(ids(healthy().on(SV1, "drbd state", "nonsense\n"))).containsExactly("node.not-readable");
        assertThat(problems(healthy().on(SV1, "file /etc/ocfs2/cluster.conf", "644\nrubbish\n")))
                .extracting(problem -> problem.get("id"))
                .containsExactly("node.not-readable");
    }

    @Test
    void reportsFullFilesystems() throws Exception {
        assertThat(only(healthy().on(SV1, "filesystem space", "98:0 4096 1000 50 50 100 50\n")))
                .containsEntry("id", "filesystem.nearly-full")
                .containsEntry("finding", "of / (ext4, /dev/root) 95 % of the space is used");
        assertThat(only(healthy().on(SV1, "filesystem space", "98:0 4096 1000 500 500 100 1\n")))
                .containsEntry("id", "filesystem.full")
                .containsEntry("finding", "of / (ext4, /dev/root) 99 % of the inodes are used");
    }

    @Test
    void comparesMountsWithFstab() throws Exception {
        String fstab = "644\n/dev/root / ext4 defaults 0 1\nUUID=1 /srv/lost xfs nofail 0 0\n"
                + "/dev/sdz /mnt/on-demand xfs noauto 0 0\n/dev/sdy none swap sw 0 0\n";
        assertThat(only(healthy().on(SV1, "file /etc/fstab", fstab)))
                .containsEntry("id", "mount.missing")
                .containsEntry("finding", "UUID=1 is not mounted at /srv/lost (xfs), although fstab has it");
        assertThat(ids(healthy()
                        .on(SV1, "mounts", ROOT_MOUNT + SimulatedNodes.mount("147:0", "/dev/drbd0", "ocfs2", "/srv"))
                        .with("device /dev/drbd0", "absent\n")))
                .contains("mount.not-in-fstab");
        assertThat(only(healthy().on(SV1, "mounts", ROOT_MOUNT.replace("/dev/root rw", "/dev/root ro"))))
                .containsEntry("id", "filesystem.read-only");
    }

    @Test
    void reportsMissingDevicesOfLvm() throws Exception {
        assertThat(problems(healthy()
                        .on(SV1, "lvm", "vg|100|0|4|wz-pn-\n=\nvg|lv|50|-wi-a---p-\n=\n[unknown]|vg|100|a-m\n=\n")))
                .extracting(problem -> problem.get("finding"))
                .containsExactly(
                        "the volume group vg lacks a physical volume",
                        "the physical volume [unknown] of vg is missing",
                        "the volume /dev/vg/lv lacks a device");
    }

    @Test
    void reportsNetworkAndClock() throws Exception {
        assertThat(only(healthy().on(SV1, "reach 10.77.0.2", "10.77.0.2 7789 TIMEOUT\n10.77.0.2 7777 REFUSED\n")))
                .containsEntry("id", "node.peer-not-reachable")
                .containsEntry("node", "sv1");
        assertThat(only(healthy().on(SV2, "clock", System.currentTimeMillis() / 1000 + 9 + ".5\n")))
                .containsEntry("id", "node.clock-off")
                .containsEntry("severity", "warning");
    }

    @Test
    void reportsTheLastVerifyOfTheKernelLog() throws Exception {
        ClusterFacts facts = healthy()
                .with(
                        "kernel log",
                        "1000.00\n=\n[ 400.0] block drbd0: Online verify done (total 1 sec; paused 0 sec)\n"
                                + "[ 500.0] block drbd1: Online verify done (total 1 sec; paused 0 sec)\n")
                .collectFacts(LOOK, BOTH, (node, probes) -> {});
        Map<String, Object> sv1 = TestNodes.report(LOOK, facts.node("sv1"), facts);
        long ago = System.currentTimeMillis() / 1000
                - java.time.Instant.parse(
                                ((Map<?, ?>) sv1.get("lastVerify")).get("r0").toString())
                        .getEpochSecond();
        assertThat(ago).isBetween(590L, 660L);
    }

    @Test
    void makesTheBuildUnstableOrFailsWhenAsked() throws Exception {
        SimulatedNodes full = healthy().on(SV1, "filesystem space", "98:0 4096 1000 50 50 100 50\n");
        Plan plan = full.plan(new ClusterHealth(null, "unstable"), BOTH);
        assertThat(plan.unstable()).startsWith("1 problem, the first: warning filesystem.nearly-full: sv1: of / ");
        assertThat(healthy().plan(new ClusterHealth(null, "unstable"), BOTH).unstable())
                .isNull();
        assertThat(full.plan(LOOK, BOTH).unstable()).isNull();
        assertThatThrownBy(() -> full.plan(new ClusterHealth(null, "fail"), BOTH))
                .isInstanceOf(StepFailure.class)
                .hasMessageStartingWith("1 problem:\nwarning filesystem.nearly-full: sv1: of / ");
        assertThat(healthy().plan(new ClusterHealth(null, "fail"), BOTH).isEmpty())
                .isTrue();
    }
}
