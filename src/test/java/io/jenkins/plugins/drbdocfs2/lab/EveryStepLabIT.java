package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import io.jenkins.plugins.drbdocfs2.result.Diff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every step on three real nodes: as a dry run, which changes nothing, and twice in a row, of which the second changes
 * nothing. Each test goes on where the one before it ended. sv1 and sv2 have three resources: 'shared' with OCFS2 on two
 * Primaries, 'single' with ext4 on one, and 'pair' with two volumes, whose metadata are on a volume of their own and on the
 * same disk. sv3 has none, and is a node of the same OCFS2 cluster.
 */
@TestMethodOrder(OrderAnnotation.class)
class EveryStepLabIT {
    private static final int NODES = 3;

    private static final Set<String> STEPS = Set.of(
            "clusterCheck",
            "drbdInstall",
            "ocfs2Install",
            "lvmCreateVolume",
            "drbdCreateResource",
            "drbdPromote",
            "drbdDemote",
            "drbdSwitchover",
            "drbdWaitSync",
            "drbdStatus",
            "drbdVerify",
            "drbdResize",
            "drbdResolveSplitBrain",
            "drbdRemoveResource",
            "ocfs2ConfigureCluster",
            "ocfs2Format",
            "filesystemFormat",
            "clusterMount",
            "clusterUnmount",
            "ocfs2Status",
            "ocfs2VerifySharing",
            "clusterExec");

    private static final String FAST = "startup { become-primary-on both; } disk { resync-rate 1G; c-plan-ahead 0; }"
            + " net { max-buffers 20000; verify-alg sha1; }";
    private static final String SHARED =
            "drbdCreateResource(resource: 'shared', device: '/dev/drbd0', disk: '/dev/lab/shared',"
                    + " dualPrimary: true, nodes: 'sv1 sv2', options: '" + FAST + "')";
    private static final String SINGLE =
            "drbdCreateResource(resource: 'single', device: '/dev/drbd1', disk: '/dev/lab/single',"
                    + " port: 7790, nodes: 'sv1 sv2')";
    private static final String PAIR = "drbdCreateResource(resource: 'pair', port: 7791, nodes: 'sv1 sv2', volumes: ["
            + "[number: 0, device: '/dev/drbd2', disk: '/dev/lab/pair0', metaDisk: '/dev/lab/pair0_meta'],"
            + "[number: 1, device: '/dev/drbd3', disk: '/dev/lab/pair1']])";

    private static final List<String> BUILD_SHARED = List.of(
            "clusterCheck()",
            "drbdInstall(nodes: 'sv1 sv2')",
            "ocfs2Install()",
            "lvmCreateVolume(group: 'lab', name: 'shared', size: '64M', devices: '/dev/sdd', nodes: 'sv1 sv2')",
            SHARED,
            "drbdPromote(resource: 'shared', node: 'sv1', force: true)",
            "drbdWaitSync('shared')",
            "drbdPromote(resource: 'shared', node: 'sv2')",
            "drbdVerify('shared')",
            "drbdStatus()",
            "ocfs2ConfigureCluster('lab')",
            "ocfs2Format(device: '/dev/drbd0', label: 'shared', nodes: 'sv1 sv2')",
            "clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/shared', nodes: 'sv1 sv2')",
            "ocfs2VerifySharing(mountPoint: '/mnt/shared', nodes: 'sv1 sv2')",
            "ocfs2Status()",
            "clusterExec(script: 'cat /etc/hostname', changed: false)");

    private static final List<String> BUILD_SINGLE = List.of(
            "lvmCreateVolume(group: 'lab', name: 'single', size: '24M', nodes: 'sv1 sv2')",
            SINGLE,
            "drbdPromote(resource: 'single', node: 'sv1', force: true)",
            "drbdWaitSync('single')",
            "filesystemFormat(device: '/dev/drbd1', type: 'ext4', label: 'single')",
            "clusterMount(device: '/dev/drbd1', mountPoint: '/mnt/single', type: 'ext4', nodes: 'sv1', fstab: false)",
            "drbdSwitchover(resource: 'single', to: 'sv2', mountPoint: '/mnt/single', type: 'ext4')",
            "clusterUnmount(device: '/dev/drbd1', mountPoint: '/mnt/single')",
            "drbdDemote(resource: 'single', node: 'sv2')");

    private static final List<String> BUILD_PAIR = List.of(
            "lvmCreateVolume(group: 'lab', name: 'pair0', size: '16M', nodes: 'sv1 sv2')",
            "lvmCreateVolume(group: 'lab', name: 'pair0_meta', size: '4M', nodes: 'sv1 sv2')",
            "lvmCreateVolume(group: 'lab', name: 'pair1', size: '16M', nodes: 'sv1 sv2')",
            PAIR,
            "drbdPromote(resource: 'pair', node: 'sv1', force: true)",
            "drbdWaitSync('pair')");

    private static Lab lab;
    private static Audit audit;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2", "sv3");
        audit = new Audit(lab, NODES);
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static Build twice(List<String> steps) {
        return Twice.run(lab, audit, NODES, steps);
    }

    private static Build twice(String... steps) {
        return twice(List.of(steps));
    }

    private static void leavesAll(Runnable builds) {
        String before = Fingerprint.of(lab, NODES);
        IntStream.rangeClosed(1, NODES).forEach(audit::commands);
        builds.run();
        for (int node = 1; node <= NODES; node++) {
            assertThat(audit.commands(node))
                    .as("what was sent to sv%s besides looks", node)
                    .isEmpty();
        }
        assertThat(Diff.unified("nodes", before, Fingerprint.of(lab, NODES))).isEmpty();
    }

    /** The names of the steps with that result; with null of all. */
    private static Set<String> steps(Build build, Boolean changed) {
        return build.results().stream()
                .filter(result -> changed == null || changed == result.getBoolean("changed"))
                .map(result -> result.getString("step"))
                .collect(Collectors.toSet());
    }

    @Test
    @Order(1)
    void dryRunsOfEveryStepLeaveFreshNodesAsTheyWere() {
        List<String> all = new ArrayList<>(BUILD_SHARED);
        all.remove("drbdVerify('shared')");
        all.addAll(BUILD_SINGLE);
        all.addAll(BUILD_PAIR);
        all.add("clusterExec 'touch /etc/was-here'");
        // of a resource that is not there yet these cannot tell what they would do
        for (String step : List.of(
                "drbdVerify('shared')",
                "drbdResize('pair')",
                "drbdResolveSplitBrain(resource: 'pair', victim: 'sv2')",
                "drbdRemoveResource(resource: 'single', wipeMetadata: true)")) {
            all.add("try { " + step + " } catch (e) { echo e.message }");
        }
        leavesAll(() -> {
            Build build =
                    Build.run(lab, NODES, String.join("\n", all), "--dry-run").succeeds();
            assertThat(steps(build, null)).isEqualTo(STEPS);
            assertThat(build.results()).allSatisfy(result -> assertThat(result.getBoolean("dryRun"))
                    .isTrue());
        });
    }

    @Test
    @Order(2)
    void theSecondTimeTheStepsOfTheBuildOnlyLook() {
        Build build = twice(BUILD_SHARED);
        assertThat(steps(build, Boolean.TRUE))
                .contains("drbdInstall", "ocfs2Install", "lvmCreateVolume", "drbdCreateResource", "drbdPromote")
                .contains("ocfs2ConfigureCluster", "ocfs2Format", "clusterMount");
    }

    @Test
    @Order(3)
    void threeNodesAreOneClusterOfWhichTwoHaveTheResourceAndShareItsFilesystem() {
        lab.ssh(1, "echo from one > /mnt/shared/one; sync");
        assertThat(lab.ssh(2, "cat /mnt/shared/one")).isEqualTo("from one\n");
        Build build = Build.run(lab, NODES, "drbdStatus()\nocfs2Status()").succeeds();
        for (int node = 1; node <= NODES; node++) {
            boolean member = node < 3;
            JsonObject drbd = build.last("drbdStatus", "sv" + node).getObject("resources");
            assertThat(drbd.keySet()).isEqualTo(member ? Set.of("shared") : Set.of());
            JsonObject ocfs2 = build.last("ocfs2Status", "sv" + node);
            assertThat(ocfs2.getString("cluster")).isEqualTo("lab");
            assertThat(ocfs2.getBoolean("atBoot")).isTrue();
            assertThat(ocfs2.getObject("clusterNodes")).isEqualTo(Map.of("sv1", 0, "sv2", 1, "sv3", 2));
            assertThat(ocfs2.getArray("volumes")).hasSize(member ? 1 : 0);
            if (member) {
                assertThat(drbd.getObject("shared"))
                        .contains(Map.entry("role", "Primary"), Map.entry("disk", "UpToDate"))
                        .contains(Map.entry("peerDisk", "UpToDate"), Map.entry("connection", "Connected"));
                assertThat(ocfs2.getArray("volumes").getObject(0))
                        .contains(Map.entry("device", "/dev/drbd0"), Map.entry("slotsInUse", 2))
                        .contains(Map.entry("mountedAt", List.of("/mnt/shared")))
                        .contains(Map.entry("mountedBy", List.of("sv1", "sv2")));
            }
        }
        assertThat(Build.run(lab, NODES, "clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/shared')")
                        .fails()
                        .log())
                .contains("sv3: there is no device /dev/drbd0")
                .contains("2 node slots, and 3 nodes are to mount it");
    }

    @Test
    @Order(4)
    void theSecondTimeTheStepsOfASinglePrimaryOnlyLook() {
        twice(BUILD_SINGLE);
        assertThat(lab.ssh(2, "drbdadm role single; blkid -p -o value -s TYPE /dev/lab/single"))
                .isEqualTo("Secondary/Secondary\ndrbd\n");
    }

    @Test
    @Order(5)
    void theSecondTimeTheStepsOfTwoVolumesWithMetadataHereAndThereOnlyLook() {
        Build build = twice(BUILD_PAIR);
        assertThat(build.last("drbdCreateResource", "sv1").getString("connection"))
                .isEqualTo("Connected");
        assertThat(lab.ssh(1, "drbdadm dstate pair; drbdadm sh-md-dev pair; drbdadm sh-md-idx pair"))
                .isEqualTo(
                        "UpToDate/UpToDate\n".repeat(2) + "/dev/lab/pair0_meta\n/dev/lab/pair1\nflexible\ninternal\n");
    }

    @Test
    @Order(6)
    void dryRunsWithParametersThatWouldChangeSomethingLeaveTheRunningClusterAsItWas() {
        lab.ssh(
                1,
                "drbdadm disconnect pair; dd if=/dev/zero of=/dev/drbd2 bs=64K count=1 oflag=direct; "
                        + "drbdadm secondary pair");
        lab.ssh(
                2,
                "drbdadm disconnect pair; drbdadm primary pair; dd if=/dev/zero of=/dev/drbd3 bs=64K count=1"
                        + " oflag=direct; dd if=/dev/zero of=/dev/drbd2 bs=64K count=1 oflag=direct; drbdadm secondary pair");
        for (int node = 1; node <= 2; node++) {
            lab.ssh(node, "dpkg --purge less; lvextend -qq -L 72M lab/shared");
        }
        String ext4 = "ext4 'single' "
                + lab.ssh(1, "drbdadm primary single; blkid -p -o value -s UUID /dev/drbd1")
                        .strip();
        List<String> all = List.of(
                "clusterCheck(ports: '7789')",
                "drbdInstall(packages: 'less', nodes: 'sv1 sv2')",
                "ocfs2Install(packages: 'less', nodes: 'sv1 sv2')",
                "lvmCreateVolume(group: 'lab', name: 'more', size: '3G', devices: '/dev/sdc', extendGroup: true,"
                        + " nodes: 'sv1 sv2')",
                SHARED.replace("verify-alg sha1", "verify-alg md5"),
                "drbdVerify(resource: 'shared')",
                "drbdResize(resource: 'shared')",
                "drbdWaitSync(resource: 'shared')",
                "drbdStatus(resource: 'shared')",
                "ocfs2ConfigureCluster(name: 'lab', panicSeconds: 60)",
                "ocfs2VerifySharing(mountPoint: '/mnt/shared', nodes: 'sv1 sv2')",
                "ocfs2Status(device: '/dev/drbd0')",
                "clusterUnmount(device: '/dev/drbd0', mountPoint: '/mnt/shared')",
                "filesystemFormat(device: '/dev/drbd1', type: 'ext4', label: 'new', overwrite: \"" + ext4 + "\")",
                "ocfs2Format(device: '/dev/drbd1', label: 'new', nodeSlots: 4,"
                        + " overwrite: \"ext4 'new' made by filesystemFormat\")",
                "drbdDemote(resource: 'single', node: 'sv1')",
                "drbdPromote(resource: 'single', node: 'sv2')",
                "clusterMount(device: '/dev/drbd1', mountPoint: '/mnt/single', nodes: 'sv2')",
                "clusterExec(script: 'touch /etc/was-here')",
                "drbdResolveSplitBrain(resource: 'pair', victim: 'sv2')",
                "drbdRemoveResource(resource: 'pair', wipeMetadata: true)",
                "drbdSwitchover(resource: 'single', to: 'sv1', mountPoint: '/mnt/single', type: 'ocfs2')");
        leavesAll(() -> {
            Build build = Build.run(
                            lab,
                            NODES,
                            all.stream()
                                    .map(step -> step.substring(0, step.length() - 1) + ", dryRun: true)")
                                    .collect(Collectors.joining("\n")))
                    .succeeds();
            assertThat(steps(build, null)).isEqualTo(STEPS);
            assertThat(steps(build, Boolean.FALSE))
                    .containsExactlyInAnyOrder(
                            "clusterCheck",
                            "drbdVerify",
                            "drbdWaitSync",
                            "drbdStatus",
                            "ocfs2VerifySharing",
                            "ocfs2Status");
        });
    }

    @Test
    @Order(7)
    void aSplitOfTwoVolumesIsHealedAndBothGrowAndTheSecondTimeNothingIsDone() {
        Build build = twice(
                "drbdResolveSplitBrain(resource: 'pair', victim: 'sv2')",
                "drbdWaitSync('pair')",
                "drbdPromote(resource: 'pair', node: 'sv1')");
        assertThat(build.last("drbdWaitSync", "sv2").getString("disk")).isEqualTo("UpToDate");
        for (int node = 1; node <= 2; node++) {
            lab.ssh(
                    node,
                    "lvextend -qq -L 24M lab/pair0; lvextend -qq -L 8M lab/pair0_meta; lvextend -qq -L 24M lab/pair1");
        }
        twice("drbdResize('pair')", PAIR, "drbdDemote(resource: 'pair', node: 'sv1')");
        assertThat(lab.ssh(2, "blockdev --getsize64 /dev/drbd2; blockdev --getsize64 /dev/drbd3"))
                .isEqualTo((24 << 20) + "\n" + ((24 << 20) - 36864) + "\n");
    }

    @Test
    @Order(8)
    void whatIsRemovedWithItsMetadataIsTakenAgainWithoutComplaint() {
        Build build = twice("drbdRemoveResource(resource: 'pair', wipeMetadata: true)", PAIR);
        assertThat(build.last("drbdCreateResource", "sv1").getString("connection"))
                .isEqualTo("Connected");
        assertThat(lab.ssh(1, "drbdadm dstate pair")).isEqualTo("Inconsistent/Inconsistent\n".repeat(2));
    }

    @Test
    @Order(9)
    void whatIsMountedOrPrimaryIsNotRemoved() {
        String remove = "drbdRemoveResource(resource: 'shared', wipeMetadata: true)";
        leavesAll(() -> assertThat(Build.run(lab, NODES, remove).fails().log())
                .contains("sv1: 'shared' is in use: it is mounted at /mnt/shared")
                .contains("sv2: 'shared' is in use: it is mounted at /mnt/shared"));
        twice(
                "clusterUnmount(device: '/dev/drbd0', mountPoint: '/mnt/shared')",
                "drbdDemote(resource: 'shared', node: 'sv1')");
        leavesAll(() -> assertThat(Build.run(lab, NODES, remove).fails().log())
                .contains("sv2: 'shared' is Primary there")
                .doesNotContain("sv1: 'shared'", "mounted"));
    }

    @Test
    @Order(10)
    void aRemovalAsksForNothingThatIsNotThereAnyMore() {
        // down on one node, and its disk gone; the file gone on the other, where it is up
        lab.ssh(2, "drbdadm secondary shared; mv /etc/drbd.d/shared.res /root");
        lab.ssh(1, "drbdadm down shared; lvremove -qq --yes lab/shared");
        Build build = twice("drbdRemoveResource(resource: 'shared', wipeMetadata: true)");
        assertThat(build.log())
                .contains("note: sv1: there are no metadata of volume 0 of 'shared' to wipe on /dev/lab/shared")
                .contains("note: sv2: its /etc/drbd.d/shared.res is missing");
        for (int node = 1; node <= 2; node++) {
            assertThat(lab.ssh(node, "drbdadm sh-resources; drbdsetup status shared 2>&1; ls /etc/drbd.d"))
                    .doesNotContain("shared.res");
        }
    }
}
