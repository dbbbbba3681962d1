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
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Runs every step on three real nodes: as a dry run, which changes nothing, and twice in a row, where the second run changes
 * nothing. Each test continues where the previous one ended. sv1 and sv2 have two resources: 'shared' with OCFS2 on two
 * Primaries, and 'pair' with ext4 on one Primary. 'pair' has one volume with external and one with internal metadata.
 * sv3 has no resource, but is a node of the same OCFS2 cluster.
 */
@TestMethodOrder(OrderAnnotation.class)
class EveryStepLabIT {
    private static final int NODES = 3;
    /** sv1 and sv2, which have the resources. */
    private static final int MEMBERS = 2;

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
                    + " nodeDisks: [[node: 'sv2', disk: '/dev/lab/store']], dualPrimary: true, nodes: 'sv1 sv2', options: '"
                    + FAST + "')";
    private static final String PAIR = "drbdCreateResource(resource: 'pair', port: 7790, nodes: 'sv1 sv2', volumes: ["
            + "[number: 0, device: '/dev/drbd1', disk: '/dev/lab/pair0', metaDisk: '/dev/lab/pair0_meta'],"
            + "[number: 1, device: '/dev/drbd2', disk: '/dev/lab/pair1']])";

    /** The same resource as a configuration file, with the disks of sv2 swapped. */
    private static final String PAIR_AS_TEXT =
            """
            drbdCreateResource(resource: 'pair', nodes: 'sv1 sv2', config: '''
                resource pair {
                  on sv1 {
                    address 192.168.0.1:7790;
                    volume 0 { device /dev/drbd1; disk /dev/lab/pair0; meta-disk /dev/lab/pair0_meta; }
                    volume 1 { device /dev/drbd2; disk /dev/lab/pair1; meta-disk internal; }
                  }
                  on sv2 {
                    address 192.168.0.2:7790;
                    volume 0 { device /dev/drbd1; disk /dev/lab/pair1; meta-disk internal; }
                    volume 1 { device /dev/drbd2; disk /dev/lab/pair0; meta-disk /dev/lab/pair0_meta; }
                  }
                }
            ''')""";

    private static final List<String> BUILD_SHARED = List.of(
            "clusterCheck()",
            "drbdInstall(nodes: 'sv1 sv2')",
            "ocfs2Install()",
            "lvmCreateVolume(group: 'lab', name: 'shared', size: '64M', devices: '/dev/sdd', nodes: 'sv1')",
            "lvmCreateVolume(group: 'lab', name: 'store', size: '64M', devices: '/dev/sdd', nodes: 'sv2')",
            SHARED,
            "drbdPromote(resource: 'shared', node: 'sv1', force: true)",
            "drbdWaitSync('shared')",
            "drbdPromote(resource: 'shared', node: 'sv2')",
            "drbdVerify('shared')",
            "ocfs2ConfigureCluster('lab')",
            "ocfs2Format(device: '/dev/drbd0', label: 'shared', nodes: 'sv1 sv2')",
            "clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/shared', nodes: 'sv1 sv2')",
            "ocfs2VerifySharing(mountPoint: '/mnt/shared', nodes: 'sv1 sv2')",
            "drbdStatus()",
            "ocfs2Status()",
            "clusterExec(script: 'cat /etc/hostname', changed: false)");

    private static final List<String> PAIR_DISKS = List.of(
            "lvmCreateVolume(group: 'lab', name: 'pair0', size: '16M', nodes: 'sv1 sv2')",
            "lvmCreateVolume(group: 'lab', name: 'pair0_meta', size: '4M', nodes: 'sv1 sv2')",
            "lvmCreateVolume(group: 'lab', name: 'pair1', size: '16M', nodes: 'sv1 sv2')");

    private static final List<String> BUILD_PAIR = List.of(
            PAIR,
            "drbdPromote(resource: 'pair', node: 'sv1', force: true)",
            "drbdWaitSync('pair')",
            "filesystemFormat(device: '/dev/drbd1', type: 'ext4', label: 'pair')",
            "clusterMount(device: '/dev/drbd1', mountPoint: '/mnt/pair', type: 'ext4', nodes: 'sv1', fstab: false)",
            "drbdSwitchover(resource: 'pair', to: 'sv2', mountPoint: '/mnt/pair', type: 'ext4')",
            "clusterUnmount(device: '/dev/drbd1', mountPoint: '/mnt/pair')",
            "drbdDemote(resource: 'pair', node: 'sv2')");

    // 8.4 also prints the peer's role, and prints both once per volume
    private static final String ROLE_AND_CONNECTION =
            "drbdadm role pair | cut -d/ -f1 | sort -u; drbdadm cstate pair | sort -u";

    @AutoClose
    private static Lab lab;

    private static SentScripts sentScripts;
    private static LabBuild shared;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2", "sv3");
        sentScripts = new SentScripts(lab, NODES);
    }

    private static LabBuild twice(String... steps) {
        return RunTwice.run(lab, sentScripts, MEMBERS, List.of(), List.of(steps));
    }

    private static void assertLeavesNodesUnchanged(Runnable builds) {
        String before = NodeFingerprint.of(lab, NODES);
        IntStream.rangeClosed(1, NODES).forEach(sentScripts::commands);
        builds.run();
        for (int node = 1; node <= NODES; node++) {
            assertThat(sentScripts.commands(node))
                    .as("what was sent to sv%s besides read-only scripts", node)
                    .isEmpty();
        }
        assertThat(Diff.unified("nodes", before, NodeFingerprint.of(lab, NODES)))
                .isEmpty();
    }

    /** A build whose steps are all refused; it prints their messages. */
    private static LabBuild refused(String... steps) {
        String all = Stream.of(steps)
                .map(step -> "try { " + step + " } catch (e) { refusals << e.message; echo e.message }\n")
                .collect(Collectors.joining());
        return LabBuild.run(lab, NODES, "def refusals = []\n" + all + "assert refusals.size() == " + steps.length)
                .succeeds();
    }

    /** The names of the steps that changed something, that did not, or, with null, of all steps. */
    private static Set<String> steps(LabBuild build, Boolean changed) {
        return build.results().stream()
                .filter(result -> changed == null || changed == result.getBoolean("changed"))
                .map(result -> result.getString("step"))
                .collect(Collectors.toSet());
    }

    @Test
    @Order(1)
    void dryRunsOfEveryStepLeaveFreshNodesUnchanged() {
        List<String> all = new ArrayList<>(BUILD_SHARED);
        all.addAll(PAIR_DISKS);
        all.addAll(BUILD_PAIR);
        all.addAll(List.of(
                "drbdResize('pair')",
                "drbdResolveSplitBrain(resource: 'pair', victim: 'sv2')",
                "drbdRemoveResource(resource: 'pair', wipeMetadata: true)",
                "clusterExec 'touch /etc/was-here'"));
        assertLeavesNodesUnchanged(() -> {
            LabBuild build = LabBuild.run(lab, NODES, String.join("\n", all), "--dry-run")
                    .succeeds();
            assertThat(steps(build, null)).isEqualTo(STEPS);
            assertThat(build.results()).allSatisfy(result -> assertThat(result.getBoolean("dryRun"))
                    .isTrue());
        });
    }

    @Test
    @Order(2)
    void secondRunOfTheStepsOnlyReads() {
        shared = RunTwice.run(lab, sentScripts, NODES, List.of(), BUILD_SHARED);
        assertThat(steps(shared, Boolean.TRUE))
                .contains("drbdInstall", "ocfs2Install", "lvmCreateVolume", "drbdCreateResource", "drbdPromote")
                .contains("ocfs2ConfigureCluster", "ocfs2Format", "clusterMount");
    }

    @Test
    @Order(3)
    void twoOfThreeClusterNodesShareTheFilesystem() {
        lab.ssh(1, "echo from one > /mnt/shared/one; sync");
        assertThat(lab.ssh(2, "cat /mnt/shared/one")).isEqualTo("from one\n");
        for (int node = 1; node <= NODES; node++) {
            boolean member = node <= MEMBERS;
            JsonObject drbd = shared.last("drbdStatus", "sv" + node).getObject("resources");
            assertThat(drbd.keySet()).isEqualTo(member ? Set.of("shared") : Set.of());
            JsonObject ocfs2 = shared.last("ocfs2Status", "sv" + node);
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
    }

    @Test
    @Order(4)
    void secondRunOfTheStepsForASinglePrimaryOnlyReads() {
        LabBuild build = RunTwice.run(lab, sentScripts, MEMBERS, PAIR_DISKS, BUILD_PAIR);
        assertThat(build.last("drbdCreateResource", "sv1").getString("connection"))
                .isEqualTo("Connected");
        assertThat(lab.ssh(1, ROLE_AND_CONNECTION) + lab.ssh(2, ROLE_AND_CONNECTION))
                .isEqualTo("Secondary\nConnected\n".repeat(2));
        assertThat(lab.ssh(2, "drbdadm dstate pair; drbdadm sh-md-dev pair; drbdadm sh-md-idx pair"))
                .isEqualTo(
                        "UpToDate/UpToDate\n".repeat(2) + "/dev/lab/pair0_meta\n/dev/lab/pair1\nflexible\ninternal\n");
    }

    @Test
    @Order(5)
    void refusalsAndDryRunsLeaveTheRunningClusterUnchanged() {
        // both sides write while disconnected and destroy the filesystem; sv1 is Primary
        String wipe = "dd if=/dev/zero of=/dev/drbd1 bs=1M oflag=direct count=16 status=none";
        String write = "dd if=/dev/zero of=/dev/drbd2 bs=64K oflag=direct count=1 status=none";
        // with DRBD 9 a peer that is notified of the disconnection becomes Outdated
        lab.ssh(1, "drbdadm primary pair; drbdadm disconnect --force pair; " + wipe);
        lab.ssh(
                2,
                "drbdadm disconnect pair; drbdadm primary pair; " + write + "; " + wipe + "; drbdadm secondary pair");
        for (int node = 1; node <= MEMBERS; node++) {
            lab.ssh(node, "dpkg --purge less; lvextend -qq -L 72M lab/" + (node == 1 ? "shared" : "store"));
        }
        List<String> all = List.of(
                "clusterCheck(ports: '7789')",
                "drbdInstall(packages: 'less', nodes: 'sv1 sv2')",
                "ocfs2Install(packages: 'less', nodes: 'sv1 sv2')",
                "lvmCreateVolume(group: 'lab', name: 'more', size: '1G', devices: '/dev/sdc', extendGroup: true,"
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
                "drbdResolveSplitBrain(resource: 'pair', victim: 'sv2')",
                "filesystemFormat(device: '/dev/drbd1', type: 'ext4', label: 'new')",
                "ocfs2Format(device: '/dev/drbd1', label: 'new', nodeSlots: 4,"
                        + " overwrite: \"ext4 'new' to be made by filesystemFormat\")",
                "drbdDemote(resource: 'pair', node: 'sv1')",
                "drbdPromote(resource: 'pair', node: 'sv2')",
                "clusterMount(device: '/dev/drbd1', mountPoint: '/mnt/pair', nodes: 'sv2')",
                "drbdSwitchover(resource: 'pair', to: 'sv1', mountPoint: '/mnt/pair', type: 'ocfs2')",
                "clusterUnmount(device: '/dev/drbd1', mountPoint: '/mnt/pair')",
                "drbdDemote(resource: 'pair', node: 'sv1')",
                "drbdRemoveResource(resource: 'pair', wipeMetadata: true)",
                "clusterExec(script: 'touch /etc/was-here')");
        assertLeavesNodesUnchanged(() -> {
            assertThat(refused(
                                    "drbdRemoveResource(resource: 'shared', wipeMetadata: true)",
                                    "drbdRemoveResource(resource: 'pair', wipeMetadata: true)",
                                    "clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/shared')",
                                    "filesystemFormat(device: '/dev/drbd1', type: 'xfs')")
                            .log())
                    .contains("sv1: 'shared' is in use: it is mounted at /mnt/shared")
                    .contains("sv2: 'shared' is in use: it is mounted at /mnt/shared")
                    .contains("sv1: 'pair' is Primary there")
                    .contains("sv3: there is no device /dev/drbd0")
                    .contains("2 node slots, and 3 nodes are to mount it")
                    .contains("sv1: /dev/drbd1 has 16777216 bytes, and mkfs.xfs 6.1.0 makes no filesystem of less than")
                    .doesNotContain("'pair' is in use", "sv2: 'pair'");
            LabBuild build = LabBuild.run(
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
    @Order(6)
    void resolvesASplitBrainOfTwoVolumesAndResizesBoth() {
        LabBuild build = twice("drbdResolveSplitBrain(resource: 'pair', victim: 'sv2')", "drbdWaitSync('pair')");
        assertThat(build.last("drbdWaitSync", "sv2").getString("disk")).isEqualTo("UpToDate");
        for (int node = 1; node <= MEMBERS; node++) {
            lab.ssh(
                    node,
                    "lvextend -qq -L 24M lab/pair0; lvextend -qq -L 8M lab/pair0_meta; lvextend -qq -L 24M lab/pair1");
        }
        twice("drbdResize('pair')", PAIR);
        // the device of a Secondary cannot be opened, so read sysfs; 24 MiB need 40 KiB of internal metadata
        assertThat(lab.ssh(2, "cat /sys/block/drbd1/size /sys/block/drbd2/size"))
                .isEqualTo((24 << 11) + "\n" + ((24 << 11) - 80) + "\n");
    }

    @Test
    @Order(7)
    void createsAResourceAgainAfterItsRemovalWithMetadata() {
        lab.ssh(1, "drbdadm secondary pair");
        // pair1 has grown, so the remains of the previous internal metadata now count as data
        LabBuild build = twice(
                "drbdRemoveResource(resource: 'pair', wipeMetadata: true)",
                PAIR_AS_TEXT.replace("''')", "''', overwrite: 'unknown data')"));
        assertThat(build.last("drbdCreateResource", "sv1").getString("connection"))
                .isEqualTo("Connected");
        assertThat(lab.ssh(2, "drbdadm sh-ll-dev pair")).isEqualTo("/dev/lab/pair1\n/dev/lab/pair0\n");
        assertThat(lab.ssh(1, "drbdadm dstate pair")).isEqualTo("Inconsistent/Inconsistent\n".repeat(2));
    }

    @Test
    @Order(8)
    void removesAResourceWithoutDiskOrFile() {
        // down and without its disk on one node; up and without its file on the other
        lab.ssh(2, "umount /mnt/shared; drbdadm secondary shared; mv /etc/drbd.d/shared.res /root");
        lab.ssh(1, "umount /mnt/shared; drbdadm down shared; lvremove -qq --yes lab/shared");
        LabBuild build = twice("drbdRemoveResource(resource: 'shared', wipeMetadata: true)");
        assertThat(build.log())
                .contains("note: sv1: there are no metadata of volume 0 of 'shared' to wipe on /dev/lab/shared")
                .contains("note: sv2: its /etc/drbd.d/shared.res is missing");
        for (int node = 1; node <= MEMBERS; node++) {
            assertThat(lab.ssh(node, "drbdadm sh-resources; drbdsetup status shared 2>&1; ls /etc/drbd.d"))
                    .doesNotContain("shared.res");
        }
    }
}
