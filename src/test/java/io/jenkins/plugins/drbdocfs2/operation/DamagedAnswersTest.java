package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.hostile.HostileText;
import io.jenkins.plugins.drbdocfs2.hostile.Mutation;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2ConfigureCluster;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Format;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** An operation that is harmless with the given answers stays harmless if one answer is damaged. */
class DamagedAnswersTest {
    private static final String EXT4 = "TYPE=ext4\nUSAGE=filesystem\nLABEL=www\nUUID=6c1d4a34-25bc\n";
    private static final String OCFS2 = "TYPE=ocfs2\nUSAGE=filesystem\nLABEL=data\nUUID=07aaa866-47ec\n";
    private static final String WIPEFS = "readable\nwipefs 0x438,6c1d4a34-25bc,www,ext4\n";

    /**
     * @param name a description of the nodes
     * @param operation the operation to plan
     * @param initialNodes creates the nodes
     * @param harm matches commands that must not be planned
     */
    private record Scenario(String name, Operation operation, Supplier<SimulatedNodes> initialNodes, Pattern harm) {
        static Scenario of(String name, Operation operation, String harm, Supplier<SimulatedNodes> initialNodes) {
            return new Scenario(name, operation, initialNodes, Pattern.compile(harm));
        }

        /** The harmful commands and files of the plan; none if it is refused. */
        List<String> harm(SimulatedNodes mutated) throws InterruptedException {
            try {
                return mutated.plan(operation, BOTH).changes().stream()
                        .map(Change::summary)
                        .filter(summary -> harm.matcher(summary).find())
                        .toList();
            } catch (StepFailure | RemoteException e) {
                return List.of();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Scenario create(String name, String harm, Supplier<SimulatedNodes> initialNodes) {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "internal")),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
        return Scenario.of(
                name,
                new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE),
                harm,
                initialNodes);
    }

    private static final List<Scenario> SCENARIOS = List.of(
            create(
                    "the resource is as requested",
                    "create-md|wipefs|write|change",
                    () -> SimulatedNodes.running(false, "Primary", "Secondary")),
            create("the disk holds a filesystem", "create-md|wipefs", () -> SimulatedNodes.empty()
                    .with("device /dev/sys/drbd0", SimulatedNodes.device("/dev/dm-0", "254:0", WIPEFS, EXT4))),
            create("drbdadm refuses the new file", "write|create-md|up", () -> SimulatedNodes.empty()
                    .with("drbd candidate ", "check the new text:3: Parse error\nchecked 10\n")
                    .with(
                            "device /dev/sys/drbd0",
                            SimulatedNodes.device(
                                    "/dev/dm-0", "254:0", "readable\nzero begin\nzero end\nzero inside\n", ""))),
            Scenario.of(
                    "the peer is Primary",
                    new DrbdPromote("r0", "sv2", false),
                    "drbdadm primary",
                    () -> SimulatedNodes.running(false, "Primary", "Secondary")),
            Scenario.of(
                    "the peer has good data",
                    new DrbdPromote("r0", "sv2", true),
                    "--force",
                    () -> SimulatedNodes.running(false, "Secondary", "Secondary")
                            .on(
                                    SV1,
                                    "drbd state",
                                    SimulatedNodes.state("r0", "Secondary", "UpToDate", "Secondary", "Inconsistent"))
                            .on(
                                    SV2,
                                    "drbd state",
                                    SimulatedNodes.state("r0", "Secondary", "Inconsistent", "Secondary", "UpToDate"))),
            Scenario.of(
                    "the other node's data is outdated",
                    new DrbdSwitchover("r0", "sv2", null, null),
                    "drbdadm",
                    () -> SimulatedNodes.running(false, "Primary", "Secondary")
                            .on(
                                    SV1,
                                    "drbd state",
                                    SimulatedNodes.state("r0", "Primary", "UpToDate", "Secondary", "Outdated"))
                            .on(
                                    SV2,
                                    "drbd state",
                                    SimulatedNodes.state("r0", "Secondary", "Outdated", "Primary", "UpToDate"))),
            Scenario.of(
                    "a node is Primary",
                    new DrbdRemoveResource("r0", true),
                    "down|wipe|remove|blkdiscard|dd if=",
                    () -> SimulatedNodes.running(false, "Primary", "Secondary")
                            .on(
                                    SV2,
                                    "drbd state",
                                    SimulatedNodes.state("r0", "Primary", "UpToDate", "Primary", "UpToDate"))),
            Scenario.of(
                    "there is no split brain",
                    new DrbdResolveSplitBrain("r0", "sv2"),
                    "discard",
                    () -> SimulatedNodes.running(true, "Primary", "Primary")),
            Scenario.of(
                    "an OCFS2 filesystem is mounted by the peer",
                    new Ocfs2Format(
                            "/dev/drbd0",
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            "tclust",
                            Overwrite.parse("ocfs2 'data' 07aaa866-47ec")),
                    "mkfs",
                    () -> SimulatedNodes.running(true, "Primary", "Primary")
                            .with("file /etc/ocfs2/cluster.conf", "644\n" + Ocfs2Nodes.CLUSTER.render())
                            .with(
                                    "device /dev/drbd0",
                                    SimulatedNodes.device(
                                            "/dev/drbd0",
                                            "147:0",
                                            "readable\nwipefs 0x0,07aaa866-47ec,data,ocfs2\n",
                                            OCFS2))
                            .with("ocfs2 volume ", Recorded.text("ocfs2/volume-mounted.txt"))),
            Scenario.of(
                    "a filesystem is on the device",
                    new FilesystemFormat("/dev/drbd0", "xfs", null, Overwrite.NOTHING),
                    "mkfs",
                    () -> SimulatedNodes.running(false, "Primary", "Secondary")
                            .with("device /dev/drbd0", SimulatedNodes.device("/dev/drbd0", "147:0", WIPEFS, EXT4))),
            Scenario.of(
                    "two nodes may be Primary",
                    new FilesystemFormat("/dev/drbd0", "ext4", null, Overwrite.NOTHING),
                    "mkfs",
                    () -> SimulatedNodes.running(true, "Primary", "Primary")),
            Scenario.of(
                    "it is the disk below DRBD",
                    new FilesystemFormat("/dev/sys/drbd0", "ext4", null, Overwrite.NOTHING),
                    "mkfs",
                    () -> SimulatedNodes.running(false, "Primary", "Secondary")
                            .with(
                                    "device /dev/sys/drbd0",
                                    SimulatedNodes.device(
                                            "/dev/dm-0",
                                            "254:0",
                                            "readable\nzero begin\nzero end\nzero inside\n",
                                            ""))),
            Scenario.of(
                    "a filesystem is on the disk",
                    new LvmCreateVolume("sys", "drbd0", "64M", List.of("/dev/sdb"), Overwrite.NOTHING, false),
                    "vgcreate|wipefs|lvcreate",
                    () -> SimulatedNodes.empty()
                            .with("device /dev/sdb", SimulatedNodes.device("/dev/sdb", "8:16", WIPEFS, EXT4))),
            Scenario.of(
                    "group and volume exist",
                    new LvmCreateVolume("sys", "drbd0", "64M", List.of("/dev/sdb"), Overwrite.NOTHING, false),
                    "vgcreate|lvremove|wipefs",
                    () -> SimulatedNodes.empty()
                            .with(
                                    "lvm",
                                    "  sys|1073741824|536870912|4194304|wz--n-\n=\n  sys|drbd0|67108864|-wi-a-----\n=\n"
                                            + "  /dev/sdb|sys|1073741824|a--\n=\n/dev/sdb|/dev/sdb\n")
                            .with("device /dev/sys", "other\n")
                            .with(
                                    "device /dev/sdb",
                                    SimulatedNodes.device(
                                            "/dev/sdb",
                                            "8:16",
                                            "user sys-drbd0\nreadable\nwipefs 0x218,Ab,,LVM2_member\n",
                                            "TYPE=LVM2_member\nUUID=Ab\n"))),
            Scenario.of("the peer is not UpToDate", new DrbdResize("r0"), "resize", () -> SimulatedNodes.running(
                            false, "Primary", "Secondary")
                    .with("size of ", "268435456\n")
                    .on(
                            SV1,
                            "drbd state",
                            SimulatedNodes.state("r0", "Primary", "UpToDate", "Secondary", "Inconsistent"))
                    .on(
                            SV2,
                            "drbd state",
                            SimulatedNodes.state("r0", "Secondary", "Inconsistent", "Primary", "UpToDate"))),
            Scenario.of(
                    "another cluster is in use",
                    new Ocfs2ConfigureCluster("other", 7777, null, null, null, null, 30),
                    "o2cb|write|change|systemctl",
                    () -> SimulatedNodes.running(true, "Primary", "Primary")
                            .with("file /etc/ocfs2/cluster.conf", "644\n" + Ocfs2Nodes.CLUSTER.render())
                            .with("mounts", Recorded.text("proc/mountinfo-ocfs2.txt"))
                            .with(
                                    "o2cb state",
                                    "cluster tclust\nmode local\nnode 0 10.77.0.1 7777 1 sv1\n"
                                            + "node 1 10.77.0.2 7777 0 sv2\nregion E2202307BBFF42C08BFBF081CF6BD73D\n")));

    @Provide
    Arbitrary<Mutation> mutations() {
        return Mutation.any();
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Arbitraries.of(SCENARIOS);
    }

    @Example
    void isHarmlessWithTheOriginalAnswers() throws InterruptedException {
        for (Scenario scenario : SCENARIOS) {
            SimulatedNodes nodes = scenario.initialNodes().get();
            assertThat(scenario.harm(nodes)).as(scenario.name()).isEmpty();
        }
    }

    @Property(seed = HostileText.SEED)
    void isHarmlessWithADamagedAnswer(
            @ForAll("scenarios") Scenario scenario,
            @ForAll("mutations") Mutation mutation,
            @ForAll @IntRange(max = 2) int nodes)
            throws InterruptedException {
        SimulatedNodes original = scenario.initialNodes().get();
        scenario.harm(original);
        for (String key : original.asked()) {
            SimulatedNodes initialNodes = scenario.initialNodes().get();
            SimulatedNodes mutated = nodes == 2
                    ? initialNodes.change(key, mutation::of)
                    : initialNodes.change(BOTH.get(nodes), key, mutation::of);
            assertThat(scenario.harm(mutated))
                    .as("%s, mutated: %s", scenario, key)
                    .isEmpty();
        }
    }
}
