package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Format;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checks of each step before it changes a device: the table in docs/using.md. Each step gets nodes on which it would
 * change something, then the same nodes with one more use of the device.
 */
class DeviceChecksOfEachStepTest {
    private static final String ZERO = "readable\nzero begin\nzero end\nzero inside\n";
    private static final String EXT4 = "TYPE=ext4\nUSAGE=filesystem\nUUID=6c1d4a34\n";
    private static final String OCFS2 = "TYPE=ocfs2\nUSAGE=filesystem\nLABEL=data\nUUID=e2202307\n";
    private static final ResourceSpec INTERNAL = spec("/dev/sdx", "internal");
    private static final ResourceSpec EXTERNAL = spec("/dev/sdy", "/dev/sdx");
    private static final ResourceSpec KEPT = spec("/dev/sdx", "/dev/sdy");

    /** A step and nodes on which it changes something. The checked device is /dev/sdx or a disk of r0. */
    private enum Step {
        LVM("`lvmCreateVolume` (devices)") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new LvmCreateVolume("vg", "d", "64M", List.of("/dev/sdx"), overwrite, false);
            }
        },
        DISK("`drbdCreateResource` (disk)") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdCreateResource(INTERNAL, overwrite, false, PeerLossPolicy.CONTINUE);
            }

            @Override
            SimulatedNodes nodes() {
                return creating(INTERNAL);
            }
        },
        META_DISK("`drbdCreateResource` (metaDisk)") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdCreateResource(EXTERNAL, overwrite, false, PeerLossPolicy.CONTINUE);
            }

            @Override
            SimulatedNodes nodes() {
                return creating(EXTERNAL);
            }
        },
        KEEP("`drbdCreateResource` (keepDataOf)") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdCreateResource(KEPT, overwrite, false, PeerLossPolicy.CONTINUE, "sv1");
            }

            @Override
            SimulatedNodes nodes() {
                return creating(KEPT)
                        .with("device /dev/sdx", sdx("readable\nwipefs 0x438,6c1d4a34,,ext4\n", EXT4))
                        .with(
                                "filesystem on disk ",
                                "1 2\n134217728\n" + EXT4 + "=\nBlock count: 32768\nBlock size: 4096\n")
                        .on(SV2, "device /dev/sdx", sdx(ZERO, ""));
            }
        },
        PROMOTE("`drbdPromote` with force") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdPromote("r0", "sv1", true, overwrite);
            }

            @Override
            SimulatedNodes nodes() {
                SimulatedNodes nodes = backed(SimulatedNodes.running(false, "Secondary", "Secondary"))
                        .with(
                                "drbd resource r0",
                                SimulatedNodes.dumped("r0", BOTH)
                                        + "gi 0 0000000000000004:0000000000000000:0000000000000000:0000000000000000:0:0:0:0:0:0:0\n");
                BOTH.forEach(node -> nodes.on(
                        node,
                        "drbd state",
                        SimulatedNodes.state("r0", "Secondary", "Inconsistent", "Secondary", "Inconsistent")));
                return nodes;
            }
        },
        FORMAT("`filesystemFormat`") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new FilesystemFormat("/dev/sdx", "ext4", null, overwrite);
            }
        },
        FORMAT_OCFS2("`ocfs2Format`") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new Ocfs2Format("/dev/sdx", null, 2, "4K", "4K", "16M", null, null, "tclust", overwrite);
            }

            @Override
            SimulatedNodes nodes() {
                ClusterConf conf = ClusterConf.of(
                        "tclust",
                        List.of(new O2cbNode(0, "sv1", "10.77.0.1", 7777), new O2cbNode(1, "sv2", "10.77.0.2", 7777)));
                return super.nodes().with("file /etc/ocfs2/cluster.conf", "644\n" + conf.render());
            }
        },
        MOUNT("`clusterMount`") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new ClusterMount("/dev/sdx", "/srv/new", "ext4", null, false);
            }

            @Override
            SimulatedNodes nodes() {
                return super.nodes()
                        .with("device /dev/sdx", sdx("readable\n", EXT4))
                        .on(SV2, "device /dev/sdx", sdx("readable\n", EXT4.replace("6c1d", "7d2e")));
            }
        },
        SWITCHOVER("`drbdSwitchover` (mount)") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdSwitchover("r0", "sv1", "/srv/new", "ext4");
            }

            @Override
            SimulatedNodes nodes() {
                return SimulatedNodes.running(false, "Primary", "Secondary")
                        .with("uses of block devices", "device drbd0 147:0 \nend\n")
                        .with("file /etc/fstab", "644\n");
            }
        },
        RESIZE("`drbdResize`") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdResize("r0");
            }

            @Override
            SimulatedNodes nodes() {
                return backed(SimulatedNodes.running(false, "Primary", "Secondary"))
                        .with("size of ", "268435456\n");
            }
        },
        RESOLVE("`drbdResolveSplitBrain` (victim)") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdResolveSplitBrain("r0", "sv1");
            }

            @Override
            SimulatedNodes nodes() {
                SimulatedNodes nodes = backed(SimulatedNodes.running(false, "Secondary", "Primary"));
                for (int i = 0; i < 2; i++) {
                    String generation = Recorded.text("life84/split/sv" + (i + 1) + "-configured.txt")
                            .replaceFirst("(?s).*\n(gi 0 )", "$1");
                    String role = i == 0 ? "Secondary" : "Primary";
                    nodes.on(BOTH.get(i), "drbd resource ", SimulatedNodes.dumped("r0", BOTH) + generation)
                            .on(
                                    BOTH.get(i),
                                    "drbd state",
                                    SimulatedNodes.state("r0", role, "UpToDate", "Unknown", "DUnknown")
                                            .replace("connection:Connected", "connection:StandAlone")
                                            .replace("replication:Established", "replication:Off"));
                }
                return nodes;
            }
        },
        REMOVE("`drbdRemoveResource` with wipeMetadata") {
            @Override
            Operation operation(Overwrite overwrite) {
                return new DrbdRemoveResource("r0", true);
            }

            @Override
            SimulatedNodes nodes() {
                return backed(SimulatedNodes.running(false, "Secondary", "Secondary"))
                        .with("file /etc/fstab", "644\n")
                        .with("drbd metadata areas ", Recorded.text("life84/areas-internal.txt"));
            }
        };

        private final String shown;

        Step(String shown) {
            this.shown = shown;
        }

        abstract Operation operation(Overwrite overwrite);

        SimulatedNodes nodes() {
            return SimulatedNodes.empty()
                    .with("uses of block devices", "device sdx 8:16 \nend\n")
                    .with("file /etc/fstab", "644\n")
                    .with("device /dev/sdx", sdx(ZERO, ""))
                    .with("device /dev/sdy", SimulatedNodes.device("/dev/sdy", "8:32", ZERO, ""));
        }

        static SimulatedNodes creating(ResourceSpec spec) {
            return LVM.nodes()
                    .with(
                            "drbd candidate ",
                            "checked 0\n"
                                    + ResourceText.render(spec.on(BOTH), DrbdGeneration.V84)
                                            .lines()
                                            .map(line -> "dump " + line + "\n")
                                            .collect(Collectors.joining()));
        }

        // the disk of r0 has the number of /dev/sdx and is used only by DRBD
        static SimulatedNodes backed(SimulatedNodes nodes) {
            return nodes.with("uses of block devices", "device sdx 8:16 \ndevice drbd0 147:0 \nover drbd0 sdx\nend\n")
                    .with(
                            "device /dev/sys/drbd0",
                            SimulatedNodes.device(
                                    "/dev/sdx",
                                    "8:16",
                                    "user drbd0\nbusy\nreadable\nzero begin\nzero inside\nwipefs 0x7fff03c,,,drbd\n",
                                    "TYPE=drbd\nVERSION=v08\n"));
        }

        boolean isOnDisk() {
            return Set.of(PROMOTE, RESIZE, RESOLVE, REMOVE).contains(this);
        }

        String deviceKey() {
            return this == SWITCHOVER ? "device /dev/drbd0" : isOnDisk() ? "device /dev/sys/drbd0" : "device /dev/sdx";
        }
    }

    /** A use of the device, on the first node unless stated otherwise. */
    private enum Use {
        MOUNTED("mounted on the node") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                String number = step == Step.SWITCHOVER ? "147:0" : "8:16";
                nodes.on(SV1, "mounts", SimulatedNodes.mount(number, "/dev/x", "ext4", "/srv/other"));
            }
        },
        ELSEWHERE("mounted in another mount namespace") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "elsewhere 8:16 77 /srv/other sh");
                nodes.on(SV1, "drbd use", "elsewhere 0 a mount at /srv/other of process 77 (sh)\n");
            }
        },
        SWAP("swap") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "swap 8:16 /dev/sdx");
                nodes.on(SV1, "drbd use", "holder 0 swap\n");
            }
        },
        ABOVE("below LVM, RAID or another device") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "device dm-9 254:9 old-vol\nover dm-9 sdx");
                nodes.on(SV1, "drbd use", "holder 0 old-vol\n");
            }
        },
        LOOP("below a loop device, also with an offset") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "device loop0 7:0 \nloop loop0 1048576 8:16 /dev/sdx");
                nodes.on(SV1, "drbd use", "holder 0 loop0\n");
            }
        },
        OPEN("held open by a process") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "open 8:16 77 qemu-nbd");
                nodes.on(SV1, "drbd use", "process 0 process 77 (qemu-nbd)\n");
            }
        },
        EXPORTED("exported by iSCSI, NVMe or SCST") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "export 8:16 an iSCSI or other SCSI target");
            }
        },
        HEARTBEAT("written to by an OCFS2 heartbeat") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                String name = step == Step.SWITCHOVER ? "drbd0" : "sdx";
                nodes.on(SV1, "o2cb heartbeats", "global E22023070A1B4C5D8E9F000000000001 " + name + "\n");
            }
        },
        EXCLUSIVE("held exclusively by the kernel for any reason") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                nodes.change(SV1, step.deviceKey(), text -> text.replace("readable", "busy\nreadable"));
            }
        },
        PART("a partition of a disk that is in use as a whole") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                uses(nodes, step, "device sdw 8:0 \npart sdx sdw\nswap 8:0 /dev/sdw");
            }
        },
        UP("a disk of another DRBD resource that is up") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                diskOfAnother(nodes, step);
                uses(nodes, step, "device drbd9 147:9 \nover drbd9 sdx");
            }
        },
        DOWN("a disk of another DRBD resource that is down") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                diskOfAnother(nodes, step);
            }
        },
        UNREADABLE("of unknown use because DRBD's files or state cannot be read") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                nodes.on(SV1, "drbd devices", "nonsense\n");
            }
        },
        SLOT("OCFS2 with a slot held by any node") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                nodes.change(
                                SV1,
                                step.deviceKey(),
                                text -> text.replaceFirst("(?s)(readable\n).*", "$1blkid\n") + OCFS2)
                        .with("ocfs2 volume ", Recorded.text("ocfs2/volume-mounted.txt"));
            }
        },
        DATA("not verifiably empty, and not named by `overwrite`") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                Node node = step == Step.PROMOTE || step == Step.KEEP ? SV2 : SV1;
                nodes.change(node, step.deviceKey(), text -> text.replace("zero inside", "data 2097152"));
            }
        },
        OTHER_NODE("in use on another node of the step") {
            @Override
            void add(SimulatedNodes nodes, Step step) {
                nodes.on(SV2, "uses of block devices", "device sdx 8:16 \nopen 8:16 77 qemu-nbd\nend\n");
            }
        };

        private final String shown;

        Use(String shown) {
            this.shown = shown;
        }

        abstract void add(SimulatedNodes nodes, Step step);

        static void uses(SimulatedNodes nodes, Step step, String lines) {
            String of = step == Step.SWITCHOVER ? lines.replace("8:16", "147:0").replace("sdx", "drbd0") : lines;
            nodes.change(SV1, "uses of block devices", text -> text.replace("end\n", of + "\nend\n"));
        }

        static void diskOfAnother(SimulatedNodes nodes, Step step) {
            String disk = step.deviceKey().replace("device ", "");
            String r9 =
                    "# resource r9 on sv1: not ignored, not stacked\nresource r9 {\n on sv1 {\n  device /dev/drbd9 minor"
                            + " 9;\n  disk " + disk + ";\n  meta-disk internal;\n }\n}\n";
            nodes.change(
                    SV1,
                    "drbd devices",
                    text -> (text.contains("real " + disk) ? "" : "real " + disk + " " + disk + "\n") + text + r9);
        }
    }

    // Checks that a step does not need: several nodes may share OCFS2, and a step that keeps the data needs no empty
    // device.
    private static final Map<Step, Set<Use>> NOT_CHECKED = new EnumMap<>(Map.of(
            // for these, drbdadm reads all files together with the new one
            Step.DISK, EnumSet.of(Use.UNREADABLE),
            Step.META_DISK, EnumSet.of(Use.UNREADABLE),
            Step.KEEP, EnumSet.of(Use.UNREADABLE),
            Step.MOUNT, EnumSet.of(Use.SLOT, Use.DATA),
            Step.SWITCHOVER, EnumSet.of(Use.SLOT, Use.DATA, Use.OTHER_NODE),
            Step.PROMOTE, EnumSet.of(Use.EXCLUSIVE),
            Step.RESIZE, EnumSet.of(Use.EXCLUSIVE, Use.DATA, Use.SLOT),
            Step.RESOLVE, EnumSet.of(Use.EXCLUSIVE, Use.DATA, Use.SLOT, Use.OTHER_NODE),
            Step.REMOVE, EnumSet.of(Use.EXCLUSIVE, Use.DATA, Use.SLOT)));

    private static ResourceSpec spec(String disk, String metaDisk) {
        return new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", disk, metaDisk)),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
    }

    private static String sdx(String found, String blkid) {
        return SimulatedNodes.device("/dev/sdx", "8:16", found, blkid);
    }

    private static boolean isChecked(Step step, Use use) {
        return !NOT_CHECKED.getOrDefault(step, Set.of()).contains(use);
    }

    @ParameterizedTest
    @EnumSource
    void stepRefusesEveryUseThatItChecks(Step step) throws Exception {
        Operation operation = step.operation(Overwrite.NOTHING);
        assertThat(step.nodes().plan(operation, BOTH).isEmpty())
                .as("the step has something to do if the device is unused")
                .isFalse();
        for (Use use : Use.values()) {
            if (isChecked(step, use)) {
                SimulatedNodes nodes = step.nodes();
                use.add(nodes, step);
                // overwrite must not allow a device that is in use
                Operation checked = use == Use.DATA
                        ? operation
                        : step.operation(Overwrite.parse("unknown data\nocfs2 'data' e2202307"));
                assertThat(catchThrowable(() -> nodes.plan(checked, BOTH)))
                        .as("%s: %s", step, use)
                        .isInstanceOf(RefusedException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void stepIgnoresUsesThatItDoesNotCheck(Step step) throws Exception {
        for (Use use : NOT_CHECKED.getOrDefault(step, Set.of())) {
            if (step == Step.MOUNT && use == Use.SLOT) {
                continue; // this mounts ext4; ClusterMountTest covers shared OCFS2
            }
            SimulatedNodes nodes = step.nodes();
            use.add(nodes, step);
            Operation operation = step.operation(Overwrite.NOTHING);
            assertThat(nodes.plan(operation, BOTH).isEmpty())
                    .as("%s: %s", step, use)
                    .isFalse();
        }
    }

    @Test
    void tableInTheManualMatchesTheChecks() throws Exception {
        String table = Stream.of(Use.values())
                .map(use -> "| " + use.shown + " | " + refusedBy(use) + " |\n")
                .collect(Collectors.joining());
        assertThat(Files.readString(Path.of("docs/using.md")))
                .contains("| the device, or one above or below it, is | refused by |\n| --- | --- |\n" + table);
    }

    private static String refusedBy(Use use) {
        List<String> not = Stream.of(Step.values())
                .filter(step -> !isChecked(step, use))
                .map(step -> step.shown)
                .toList();
        return not.isEmpty() ? "all" : "all except " + String.join(", ", not);
    }
}
