package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.StepCall.of;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.steps.ClusterCheckStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterConfigureFencingStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterConfirmNodeDownStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterDescribeStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterExecStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterFenceNodeStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterHealthStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterMountStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterRebootStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterTestFencingStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterUnmountStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdCreateResourceStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdDemoteStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdInstallStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdPromoteStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdRemoveResourceStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdResizeStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdResolveSplitBrainStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdStatusStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdSwitchoverStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdVerifyStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdVolume;
import io.jenkins.plugins.drbdocfs2.steps.DrbdWaitSyncStep;
import io.jenkins.plugins.drbdocfs2.steps.FenceDevice;
import io.jenkins.plugins.drbdocfs2.steps.FilesystemFormatStep;
import io.jenkins.plugins.drbdocfs2.steps.FilesystemGrowStep;
import io.jenkins.plugins.drbdocfs2.steps.LvmCreateVolumeStep;
import io.jenkins.plugins.drbdocfs2.steps.NodeDisk;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2CheckStep;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2ConfigureClusterStep;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2FormatStep;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2InstallStep;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2StatusStep;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2TuneStep;
import io.jenkins.plugins.drbdocfs2.steps.Ocfs2VerifySharingStep;
import java.util.List;

/** A call of each step with values for all text parameters, and nodes on which it changes something. */
enum StepCalls {
    CHECK(of(ClusterCheckStep.class, "ports", "7789 7777")),
    HEALTH(of(ClusterHealthStep.class, "resources", "r0", "onProblem", "unstable")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resources"), nodes, false, "Primary", "Secondary");
        }
    },
    DESCRIBE(of(ClusterDescribeStep.class, "resources", "r0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resources"), nodes, false, "Primary", "Secondary");
        }
    },
    EXEC(of(ClusterExecStep.class, "script", "uname -n")),
    MOUNT(of(
            ClusterMountStep.class,
            "device",
            "/dev/drbd0",
            "mountPoint",
            "/srv/valid",
            "type",
            "ocfs2",
            "options",
            "noatime,data=writeback")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return formatted(nodes);
        }
    },
    UNMOUNT(of(ClusterUnmountStep.class, "device", "/dev/drbd0", "mountPoint", "/srv/valid")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return mounted(
                    "ocfs2", call.text("mountPoint"), SimulatedNodes.running("r0", nodes, true, "Primary", "Primary"));
        }
    },
    CREATE(of(
            DrbdCreateResourceStep.class,
            "resource",
            "valid",
            "device",
            "/dev/drbd7",
            "disk",
            "/dev/sys/disk",
            "metaDisk",
            "/dev/sys/meta",
            "protocol",
            "C",
            "options",
            "net { verify-alg sha1; }",
            "onPeerLoss",
            "continue",
            "overwrite",
            "ext4 'www' 6c1d",
            "nodeDisks",
            List.of(of(NodeDisk.class, "node", "sv1", "disk", "/dev/sys/other", "metaDisk", "/dev/sys/third")))) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.empty()
                    .with(
                            "device ",
                            SimulatedNodes.device(
                                    "/dev/dm-%REST%", "254:7", "readable\nzero begin\nzero end\nzero inside\n", ""));
        }
    },
    CREATE_KEEPING(of(
            DrbdCreateResourceStep.class,
            "resource",
            "valid",
            "device",
            "/dev/drbd7",
            "disk",
            "/dev/sys/disk",
            "metaDisk",
            "/dev/sys/meta",
            "keepDataOf",
            "sv1")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return CREATE.nodes(call, nodes)
                    .with("file /etc/fstab", "644\n/dev/root / ext4 defaults 0 1\n")
                    .on(
                            nodes.get(0),
                            "device " + call.text("disk"),
                            SimulatedNodes.device(
                                    "/dev/dm-8",
                                    "254:8",
                                    "readable\nwipefs 0x438,6c1d,,ext4\n",
                                    "TYPE=ext4\nUUID=6c1d\n"))
                    .with(
                            "filesystem on disk ",
                            "1 2\n134217728\nTYPE=ext4\nUUID=6c1d\n=\nBlock count: 32768\nBlock size: 4096\n");
        }
    },
    CREATE_VOLUMES(of(
            DrbdCreateResourceStep.class,
            "resource",
            "valid",
            "volumes",
            List.of(
                    of(
                            DrbdVolume.class,
                            "number",
                            0,
                            "device",
                            "/dev/drbd7",
                            "disk",
                            "/dev/sys/a",
                            "metaDisk",
                            "internal"),
                    of(DrbdVolume.class, "number", 1, "device", "/dev/drbd8", "disk", "/dev/sys/b")))) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return CREATE.nodes(call, nodes);
        }
    },
    CREATE_CONFIG(
            of(
                    DrbdCreateResourceStep.class,
                    "resource",
                    "r0",
                    "config",
                    "resource r0 {\n  on sv1 { device /dev/drbd7; disk /dev/sys/a; meta-disk internal; address 10.77.0.1:7789; }\n"
                            + "  on sv2 { device /dev/drbd7; disk /dev/sys/a; meta-disk internal; address 10.77.0.2:7789; }\n}\n")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return CREATE.nodes(call, nodes);
        }
    },
    CONFIGURE_FENCING(of(
            ClusterConfigureFencingStep.class,
            "packages",
            "fence-agents valid",
            "devices",
            List.of(
                    of(FenceDevice.class, "node", "sv1", "agent", "fence_lab", "parameters", "ip=10.0.9.9 plug=sv1"),
                    of(
                            FenceDevice.class,
                            "node",
                            "sv2",
                            "agent",
                            "fence_lab",
                            "parameters",
                            "ip=10.0.9.9 plug=sv2")))) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.empty();
        }
    },
    CONFIRM_DOWN(of(ClusterConfirmNodeDownStep.class, "node", "sv2")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running("r0", nodes, true, "Primary", "Primary")
                    .without(nodes.get(1))
                    .change(
                            "drbd resource r0",
                            text -> text.replace(
                                    "dump resource r0 {\n",
                                    "dump resource r0 {\ndump handlers { fence-peer /usr/local/sbin/drbd-fence-peer; }\n"))
                    .change(nodes.get(0), nodes.get(0).name() + ": drbd state", state -> state.replace(
                                    "suspended:no ", "suspended:fencing ")
                            .replace("connection:Connected role:Primary", "connection:Connecting role:Unknown"));
        }
    },
    DEMOTE(of(DrbdDemoteStep.class, "resource", "r0", "node", "sv1")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resource"), nodes, false, "Primary", "Secondary");
        }
    },
    FENCE(of(ClusterFenceNodeStep.class, "node", "sv2", "action", "off")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running("r0", nodes, true, "Primary", "Primary")
                    .with(
                            "fencing devices",
                            nodes.get(0).name() + "\n" + nodes.get(1).name() + "\n");
        }
    },
    REBOOT(of(ClusterRebootStep.class)) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running("r0", nodes, false, "Secondary", "Secondary");
        }
    },
    TEST_FENCING(of(ClusterTestFencingStep.class, "node", "sv2")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.fenced("r0", nodes);
        }
    },
    INSTALL_DRBD(of(DrbdInstallStep.class, "packages", "drbd-utils valid")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.empty()
                    .with("installed ", "")
                    .with("modules at boot", "")
                    .with("file ", "644\nusage-count ask;\n");
        }
    },
    PROMOTE(of(DrbdPromoteStep.class, "resource", "r0", "node", "sv1", "overwrite", "ext4 'www' 6c1d")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resource"), nodes, false, "Secondary", "Secondary");
        }
    },
    REMOVE(of(DrbdRemoveResourceStep.class, "resource", "r0", "wipeMetadata", true)) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resource"), nodes, false, "Secondary", "Secondary")
                    .with("drbd metadata areas ", Recorded.text("life84/areas-internal.txt"));
        }
    },
    RESIZE(of(DrbdResizeStep.class, "resource", "r0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resource"), nodes, false, "Primary", "Secondary")
                    .with("size of ", "268435456\n");
        }
    },
    RESOLVE(of(DrbdResolveSplitBrainStep.class, "resource", "r0", "victim", "sv2")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            SimulatedNodes simulated =
                    SimulatedNodes.running(call.text("resource"), nodes, false, "Primary", "Secondary");
            for (int i = 0; i < 2; i++) {
                String generation = Recorded.text("life84/split/sv" + (i + 1) + "-configured.txt")
                        .replaceFirst("(?s).*\n(gi 0 )", "$1");
                String role = i == 0 ? "Primary" : "Secondary";
                simulated
                        .on(
                                nodes.get(i),
                                "drbd resource ",
                                SimulatedNodes.dumped(call.text("resource"), nodes) + generation)
                        .on(
                                nodes.get(i),
                                "drbd state",
                                SimulatedNodes.state(call.text("resource"), role, "UpToDate", "Unknown", "DUnknown")
                                        .replace("connection:Connected", "connection:StandAlone")
                                        .replace("replication:Established", "replication:Off"));
            }
            return simulated;
        }
    },
    STATUS(of(DrbdStatusStep.class, "resource", "r0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resource"), nodes, false, "Primary", "Secondary");
        }
    },
    SWITCHOVER(of(DrbdSwitchoverStep.class, "resource", "r0", "to", "sv2", "mountPoint", "/srv/valid", "type", "xfs")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            SimulatedNodes simulated =
                    SimulatedNodes.running(call.text("resource"), nodes, false, "Primary", "Secondary");
            return mounted("xfs", call.text("mountPoint"), simulated).on(nodes.get(1), "mounts", ROOT);
        }
    },
    VERIFY(of(DrbdVerifyStep.class, "resource", "r0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running(call.text("resource"), nodes, false, "Primary", "Secondary");
        }
    },
    WAIT(of(DrbdWaitSyncStep.class, "resource", "r0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            String resource = call.text("resource");
            return SimulatedNodes.running(resource, nodes, false, "Primary", "Secondary")
                    .on(
                            nodes.get(0),
                            "drbd state",
                            SimulatedNodes.state(resource, "Primary", "UpToDate", "Secondary", "Inconsistent"));
        }
    },
    FORMAT(of(
            FilesystemFormatStep.class,
            "device",
            "/dev/drbd0",
            "type",
            "xfs",
            "label",
            "valid",
            "overwrite",
            "ext4 'www' 6c1d")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running("r0", nodes, false, "Primary", "Secondary");
        }
    },
    GROW(of(FilesystemGrowStep.class, "device", "/dev/drbd0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return formatted(nodes)
                    .with(
                            "filesystem size ",
                            "ocfs2\n=\n\tBlock Size Bits: 10   Cluster Size Bits: 12\n\tClusters: 9\n");
        }
    },
    LVM(of(
            LvmCreateVolumeStep.class,
            "group",
            "validgroup",
            "name",
            "validname",
            "size",
            "64M",
            "devices",
            "/dev/sdb /dev/sdc",
            "overwrite",
            "ext4 'www' 6c1d")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.empty()
                    .with(
                            "device ",
                            SimulatedNodes.device(
                                    "/dev/x%REST%", "8:16", "readable\nzero begin\nzero end\nzero inside\n", ""))
                    .with("device /dev/" + call.text("group"), "absent\n");
        }
    },
    CONFIGURE(of(Ocfs2ConfigureClusterStep.class, "name", "valid", "removeNodes", "gone")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.empty().with("ports", "");
        }
    },
    FORMAT_OCFS2(of(
            Ocfs2FormatStep.class,
            "device",
            "/dev/drbd0",
            "label",
            "valid",
            "blockSize",
            "4K",
            "clusterSize",
            "4K",
            "journalSize",
            "16M",
            "type",
            "mail",
            "features",
            "max-compat",
            "cluster",
            "tclust",
            "overwrite",
            "ext4 'www' 6c1d")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return SimulatedNodes.running("r0", nodes, true, "Primary", "Primary")
                    .with("file /etc/ocfs2/cluster.conf", "644\n" + conf(nodes))
                    .with(
                            "device /dev/drbd0",
                            SimulatedNodes.device(
                                            "/dev/drbd0", "147:0", "readable\nzero begin\nzero end\nzero inside\n", "")
                                    .replace("134217728", "21474836480"));
        }
    },
    INSTALL_OCFS2(of(Ocfs2InstallStep.class, "packages", "ocfs2-tools valid")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return INSTALL_DRBD.nodes(call, nodes);
        }
    },
    TUNE(of(Ocfs2TuneStep.class, "device", "/dev/drbd0", "nodeSlots", 4, "label", "valid")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return formatted(nodes);
        }
    },
    CHECK_OCFS2(of(Ocfs2CheckStep.class, "device", "/dev/drbd0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return formatted(nodes);
        }
    },
    STATUS_OCFS2(of(Ocfs2StatusStep.class, "device", "/dev/drbd0")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return formatted(nodes);
        }
    },
    SHARING(of(Ocfs2VerifySharingStep.class, "mountPoint", "/srv/valid")) {
        @Override
        SimulatedNodes nodes(StepCall call, List<Node> nodes) {
            return mounted(
                            "ocfs2",
                            call.text("mountPoint"),
                            SimulatedNodes.running("r0", nodes, true, "Primary", "Primary"))
                    .with("device /dev/drbd0", SimulatedNodes.device("/dev/drbd0", "147:0", "readable\n", OCFS2));
        }
    };

    private static final String OCFS2 =
            "TYPE=ocfs2\nUSAGE=filesystem\nLABEL=data\nUUID=e2202307-bbff-42c0-8bfb-f081cf6bd73d\n";
    private static final String ROOT = SimulatedNodes.mount("98:0", "/dev/root", "ext4", "/");

    final StepCall valid;

    StepCalls(StepCall valid) {
        this.valid = valid.with("nodes", "sv1 sv2");
    }

    /**
     * Nodes on which the operation reaches its commands.
     *
     * @param call the call, with a possibly hostile value that has passed the parameter checks
     */
    SimulatedNodes nodes(StepCall call, List<Node> nodes) {
        return SimulatedNodes.empty();
    }

    private static SimulatedNodes formatted(List<Node> nodes) {
        return SimulatedNodes.running("r0", nodes, true, "Primary", "Primary")
                .with("file /etc/ocfs2/cluster.conf", "644\n" + conf(nodes))
                .with("file /etc/fstab", "644\n/dev/root / ext4 defaults 0 1\n")
                .with("device /dev/drbd0", SimulatedNodes.device("/dev/drbd0", "147:0", "readable\n", OCFS2))
                .with("ocfs2 volume ", Recorded.text("ocfs2/volume-mounted.txt"))
                .with("o2cb state", Recorded.text("ocfs2/o2cb-state.txt"));
    }

    private static String conf(List<Node> nodes) {
        return ClusterConf.of(
                        "tclust",
                        List.of(
                                new O2cbNode(0, nodes.get(0).name(), "10.77.0.1", 7777),
                                new O2cbNode(1, nodes.get(1).name(), "10.77.0.2", 7777)))
                .render();
    }

    private static SimulatedNodes mounted(String type, String mountPoint, SimulatedNodes nodes) {
        String escaped = mountPoint.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
        return nodes.with("mounts", ROOT + SimulatedNodes.mount("147:0", "/dev/drbd0", type, escaped))
                .with("mount place ", "directory\n0\n=\n" + mountPoint + "\n")
                .with(
                        "file /etc/fstab",
                        "644\n/dev/root / ext4 defaults 0 1\n/dev/drbd0 " + escaped + " " + type + " noauto 0 0\n");
    }
}
