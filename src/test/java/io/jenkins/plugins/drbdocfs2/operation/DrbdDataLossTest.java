package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.GIB;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.SPEC;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.candidate;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.data;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.done;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.holding;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.meta;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assertRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.onlyRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.FencedNodes;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hazards to data on DRBD, one by one: they are refused with their reason, and safe variants work. */
class DrbdDataLossTest {
    private static final DrbdCreateResource CREATE =
            new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
    private static final DrbdPromote FIRST = new DrbdPromote("r0", "sv1", true);
    private static final ConfiguredResource NEW = configured(true, GenerationIds.JUST_CREATED);
    private static final ConfiguredResource USED = configured(true, SYNCED);
    private static final ResourceState BLANK =
            state("Secondary", "Inconsistent", "Connected", "Secondary", "Inconsistent");
    private static final ResourceState GOOD = state("Secondary", "UpToDate", "Connected", "Secondary", "UpToDate");

    private static DrbdCreateResource overwriting(String content) {
        return new DrbdCreateResource(SPEC, Overwrite.parse(content), false, PeerLossPolicy.CONTINUE);
    }

    @Test
    @DisplayName("H1: refuses a first synchronisation from the wrong node")
    void refusesForceOnAStaleNode() throws Exception {
        ResourceState stale = state("Secondary", "Outdated", "Connecting", "Unknown", "DUnknown");
        NodeFacts good = node(SV2, USED, GOOD);

        List<Refusal> refusals = refusals(FIRST, node(SV1, USED, stale), good);
        assertRefusal(
                refusals.get(0),
                "sv1",
                "volume 0 of 'r0' is Outdated",
                "overwrite those on all other",
                "without force");
        assertRefusal(
                refusals.get(1),
                "sv2",
                "volume 0 of 'r0' is UpToDate",
                "overwrite those on all other",
                "without force");
        assertThat(planned(new DrbdPromote("r0", "sv2", false).plan(cluster(node(SV1, USED, stale), good)), SV2))
                .containsExactly("drbdadm primary r0");
        assertThat(planned(FIRST.plan(cluster(node(SV1, NEW, BLANK), node(SV2, NEW, BLANK))), SV1))
                .containsExactly("drbdadm primary --force r0");
    }

    @Test
    @DisplayName("H2: refuses to create metadata over data")
    void refusesToCreateMetadataOverData() throws Exception {
        Map<String, String> ocfs2 = Map.of("TYPE", "ocfs2", "LABEL", "data", "UUID", "07aa");
        NodeFacts unmounted = holding(SV2, ocfs2)
                .with(Ocfs2Probes.volume("/dev/sys/drbd0"), Ocfs2Nodes.usedBy())
                .with(UnfinishedFilesystem.probe("/dev/sys/drbd0"), false);

        assertRefusal(
                onlyRefusal(CREATE, fresh(SV1), unmounted),
                "sv2",
                "/dev/sys/drbd0 is not empty: it holds ocfs2 'data' 07aa",
                "That would be lost",
                "overwrite: \"ocfs2 'data' 07aa\"");
        Plan plan = overwriting("ocfs2 'data' 07aa").plan(cluster(fresh(SV1), unmounted));
        assertThat(planned(plan, SV2)).startsWith("wipefs -a /dev/sys/drbd0", "drbdadm create-md --force r0/0");
        assertThat(planned(plan, SV1)).startsWith("drbdadm create-md r0/0");
    }

    @Test
    @DisplayName("H2: refuses to create metadata on a mounted device; no parameter allows it")
    void refusesToCreateMetadataOnAMountedDevice() {
        NodeFacts mounted = fresh(SV1)
                .with(meta(), NewResourceNodes.numbered(fresh(SV1).get(meta()), "254:1"))
                .with(StorageProbes.MOUNTS, MountInfo.parse("60 21 254:1 / /srv rw - ext4 /dev/dm-1 rw\n"));

        assertRefusal(
                onlyRefusal(overwriting("ext4"), mounted, fresh(SV2)),
                "sv1",
                "/dev/sys/drbd0_meta is in use: mounted at /srv",
                "would be destroyed",
                "Choose another metaDisk");
    }

    @Test
    @DisplayName("H3: never replaces good metadata")
    void neverReplacesGoodMetadata() throws Exception {
        NodeFacts foreign = fresh(SV1).with(candidate(), USED);
        String words = "DRBD metadata ABCD000012340000";

        assertRefusal(
                onlyRefusal(CREATE, foreign, fresh(SV2)),
                "sv1",
                "/dev/sys/drbd0 has " + words,
                "invalidate all data that it replicates",
                "keepMetadata: true; to discard them set overwrite: '" + words + "'");
        assertThat(planned(overwriting(words).plan(cluster(foreign, fresh(SV2))), SV1))
                .startsWith("drbdadm create-md --force r0/0");
        assertThat(CREATE.plan(cluster(done(SV1), done(SV2))).isEmpty()).isTrue();
    }

    @Test
    @DisplayName("H3: an interrupted build never takes foreign metadata for its own")
    void interruptedBuildDoesNotTakeForeignMetadataForItsOwn() throws Exception {
        NodeFacts foreign = fresh(SV1).with(candidate(), USED);
        Plan plan = overwriting("DRBD metadata ABCD000012340000").plan(cluster(foreign, fresh(SV2)));
        assertThat(planned(plan, SV1))
                .containsExactly(
                        "drbdadm create-md --force r0/0",
                        "write /etc/drbd.d/r0.res",
                        "drbdadm up r0",
                        "wait for 'r0' to be connected");

        NodeFacts created = fresh(SV1)
                .with(candidate(), configured(true, GenerationIds.JUST_CREATED))
                .with(data(), fresh(SV1).get(data()));
        assertThat(planned(CREATE.plan(cluster(created, fresh(SV2))), SV1))
                .containsExactly("write /etc/drbd.d/r0.res", "drbdadm up r0", "wait for 'r0' to be connected");
    }

    @Test
    @DisplayName("H6: warns of two Primaries without fencing unless a parameter accepts it")
    void warnsOfTwoPrimariesWithoutFencing() throws Exception {
        assertThat(CREATE.plan(cluster(fresh(SV1), fresh(SV2))).notes())
                .singleElement()
                .asString()
                .startsWith("warning: 'r0' allows two Primaries without fencing")
                .contains("both continue to write", "onPeerLoss", "'freeze'");
    }

    @Test
    @DisplayName("H6: refuses a second Primary before all nodes are UpToDate")
    void refusesASecondPrimaryBeforeTheFirstSynchronisation() throws Exception {
        ResourceState source = state("Primary", "UpToDate", "Connected", "Secondary", "Inconsistent");
        ResourceState target = state("Secondary", "UpToDate", "Connected", "Primary", "UpToDate");
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        DrbdPromote second = new DrbdPromote("r0", "sv2", false);

        assertRefusal(
                onlyRefusal(second, node(SV1, USED, source), node(SV2, USED, target)),
                "sv2",
                "'r0' is not UpToDate on all nodes, and sv1 is Primary",
                "a Primary without good data",
                "drbdWaitSync");
        Plan plan = second.plan(cluster(node(SV1, USED, primary), node(SV2, USED, target)));
        assertThat(planned(plan, SV2)).containsExactly("drbdadm primary r0");
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .startsWith("warning: ")
                .contains("without fencing");
    }

    @Test
    @DisplayName("H7: refuses policies that discard the data of a running Primary")
    void refusesPoliciesThatDiscardDataOfAPrimary() {
        for (String option : List.of("after-sb-1pri violently-as0p", "rr-conflict violently")) {
            assertThatThrownBy(() -> FencedNodes.spec("net { " + option + "; }").on(BOTH))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("discards data");
        }
        NodeFacts common = FencedNodes.common(fresh(SV1), "common { net { after-sb-2pri violently-as0p; } }");
        assertRefusal(
                onlyRefusal(CREATE, common, fresh(SV2)),
                "sv1",
                "common of the node's files sets after-sb-2pri violently-as0p",
                "the data of a running Primary",
                "set after-sb-2pri disconnect with options");
    }

    @Test
    @DisplayName("H8: requires an explicit split-brain victim that is not in use")
    void requiresAnUnusedSplitBrainVictim() throws Exception {
        NodeFacts sv1 = recorded("split", SV1, "r0");
        NodeFacts sv2 = recorded("split", SV2, "r0");

        assertThatThrownBy(() -> new DrbdResolveSplitBrain("r0", null).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("victim");
        assertRefusal(
                onlyRefusal(new DrbdResolveSplitBrain("r0", "sv1"), sv1, sv2),
                "sv1",
                "'r0' is in use on the victim: it is mounted at /srv/w",
                "The data would change while in use",
                "clusterUnmount");
        Plan plan = new DrbdResolveSplitBrain("r0", "sv2").plan(cluster(sv1, sv2));
        assertThat(plan.notes())
                .anyMatch(note -> note.contains("552 KiB changed since"))
                .anyMatch(note -> note.startsWith("sv2 discards"));
        assertThat(planned(plan, SV2)).contains("drbdadm connect --discard-my-data r0");
    }

    @Test
    @DisplayName("H10: refuses a port or minor number that is in use")
    void refusesAPortOrMinorThatIsInUse() throws Exception {
        ListeningPorts taken = new ListeningPorts(List.of(new ListeningPorts.Listener("0.0.0.0", 7789)));
        ResourceState other =
                new ResourceState("other", Role.parse("Secondary"), false, GOOD.volumes(), GOOD.connections());
        NodeFacts minor = fresh(SV1).with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("other", other))));

        assertRefusal(
                onlyRefusal(CREATE, fresh(SV1), fresh(SV2).with(StorageProbes.PORTS, taken)),
                "sv2",
                "port 7789 is in use at 10.77.0.2",
                "could not connect",
                "Choose another port");
        assertRefusal(
                onlyRefusal(CREATE, minor, fresh(SV2)),
                "sv1",
                "/dev/drbd0 belongs to the running resource 'other'",
                "mistaken for that of the other",
                "Choose another device");
        NodeFacts own = done(SV1)
                .with(StorageProbes.PORTS, taken)
                .with(RunningOptions.probe("r0"), new RunningOptions("", false, Set.of("10.77.0.1:7789")))
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, "# port 7790 by hand", "600"))
                .with(DrbdProbes.configured("r0"), FencedNodes.onPort(7790))
                .with(candidate(), USED);
        assertThat(planned(CREATE.plan(cluster(own, done(SV2))), SV1)).containsExactly("change /etc/drbd.d/r0.res");
    }

    @Test
    @DisplayName("H10: does not write a file that drbdadm refuses together with the others")
    void refusesAFileThatConflictsWithOthers() {
        ConfiguredResource clash =
                new ConfiguredResource(null, "conflicting use of IP '10.77.0.2:7789'", false, List.of(), Map.of());
        assertRefusal(
                onlyRefusal(CREATE, fresh(SV1), fresh(SV2).with(candidate(), clash)),
                "sv2",
                "conflicting use of IP '10.77.0.2:7789'",
                "drbdadm refuses every command",
                "Correct the step's parameters");
        ConfiguredResource minor = new ConfiguredResource(
                null, "conflicting use of device-minor 'device-minor:sv1:0'", false, List.of(), Map.of());
        assertRefusal(
                onlyRefusal(CREATE, fresh(SV1), fresh(SV2).with(candidate(), minor)),
                "sv2",
                "conflicting use of device-minor",
                "drbdadm refuses every command",
                "device must be one that no other resource has");
    }

    @Test
    @DisplayName("H11: corrects a file that differs on one node")
    void correctsAFileThatDiffersOnOneNode() throws Exception {
        NodeFacts edited = done(SV2)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, NewResourceNodes.TEXT + "#", "600"))
                .with(candidate(), USED);

        Plan plan = CREATE.plan(cluster(done(SV1), edited));
        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(plan.changes()).singleElement().isInstanceOfSatisfying(PutFile.class, file -> assertThat(
                        file.after())
                .isEqualTo(NewResourceNodes.TEXT));
    }

    @Test
    @DisplayName("H12: never skips the first synchronisation, and waits for it")
    void neverSkipsTheFirstSynchronisation() throws Exception {
        ResourceState source = state("Primary", "UpToDate", "Connected", "Secondary", "Inconsistent");
        ResourceState target = state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");
        List<String> all = new ArrayList<>(planned(CREATE.plan(cluster(fresh(SV1), fresh(SV2))), SV1));
        all.addAll(planned(FIRST.plan(cluster(node(SV1, NEW, BLANK), node(SV2, NEW, BLANK))), SV1));

        assertThat(all).noneMatch(command -> command.contains("new-current-uuid") || command.contains("invalidate"));
        assertThat(planned(
                        new DrbdWaitSync("r0", 300).plan(cluster(node(SV1, USED, source), node(SV2, NEW, target))),
                        SV1))
                .containsExactly("wait for 'r0' to be UpToDate everywhere");
    }

    @Test
    @DisplayName("H13: refuses to detach a disk of a running resource")
    void refusesAnAdjustThatDetachesADisk() {
        ConfiguredResource moved = new ConfiguredResource(
                SPEC.on(BOTH), "", true, List.of("drbdsetup-84 detach 0 --diskless"), Map.of(0, List.of(SYNCED)));
        assertRefusal(
                onlyRefusal(CREATE, done(SV1).with(DrbdProbes.configured("r0"), moved), done(SV2)),
                "sv1",
                "`drbdsetup-84 detach 0 --diskless`",
                "A disk or device would be taken from a running resource",
                "drbdRemoveResource");
    }

    @Test
    @DisplayName("H16: resizes only after all disks have grown, and then checks the metadata on both nodes")
    void refusesToResizeIfOnlyOneDiskHasGrown() throws Exception {
        DrbdResize resize = new DrbdResize("r0");
        NodeFacts primary = grown(ResourceInUseNodes.free(SV1, ResourceInUseNodes.PRIMARY), 2 * GIB);
        NodeFacts secondary = ResourceInUseNodes.free(SV2, ResourceInUseNodes.SECONDARY);

        assertRefusal(
                onlyRefusal(resize, primary, grown(secondary, GIB)),
                "sv2",
                "it grew only on sv1",
                "only move the metadata",
                "lvextend -L SIZE /dev/sys/drbd0");
        NodeFacts both = grown(secondary, 2 * GIB);
        assertThat(planned(resize.plan(cluster(primary, both)), SV1)).startsWith("drbdadm resize r0/0");
        NodeFacts lost = both.with(DrbdProbes.configured("r0"), configured(false, null));
        assertThatThrownBy(() -> resize.confirm(cluster(primary, lost)))
                .hasMessageContaining("on sv2, 'r0' has grown, but drbdadm get-gi finds no metadata");
    }

    private static NodeFacts grown(NodeFacts node, long bytes) {
        return node.with(RunningOptions.probe("r0"), RunningOptions.NONE)
                .with(DeviceSize.probe("/dev/sys/drbd0"), new DeviceSize(bytes))
                .with(DeviceSize.probe("/dev/sys/drbd0_meta"), new DeviceSize(128 << 20));
    }
}
