package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.free;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.unused;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.used;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrbdResolveSplitBrainTest {
    private static final DrbdResolveSplitBrain DISCARD_SV2 = new DrbdResolveSplitBrain("r0", "sv2");
    private static final ResourceState ALONE =
            DrbdNodes.state("Secondary", "UpToDate", "StandAlone", "Unknown", "DUnknown");
    private static final ResourceState ALONE_PRIMARY =
            DrbdNodes.state("Primary", "UpToDate", "StandAlone", "Unknown", "DUnknown");
    private static final ResourceState CONNECTING =
            DrbdNodes.state("Secondary", "UpToDate", "Connecting", "Unknown", "DUnknown");
    private static final long COMMON = 0x1000;

    /** A node whose data has changed since the common generation or, with {@link #COMMON}, has not. */
    private static NodeFacts node(Node node, ResourceState state, long current) {
        return node(node, configured(false, ids(current)), state);
    }

    private static NodeFacts node(Node node, ConfiguredResource configured, ResourceState state) {
        return unused(DrbdNodes.node(node, configured, state));
    }

    private static GenerationIds ids(long current) {
        return new GenerationIds(current, current == COMMON ? 0 : COMMON, List.of(0L, 0L), Set.of());
    }

    @Test
    void resolvesARecordedSplitBrain() throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(recorded("split", SV1, "r0"), recorded("split", SV2, "r0")));
        assertThat(planned(plan, SV2))
                .containsExactly(
                        "drbdadm secondary r0",
                        "drbdadm connect --discard-my-data r0",
                        "wait for 'r0' to be connected",
                        "wait for 'r0' to be UpToDate everywhere");
        assertThat(planned(plan, SV1))
                .containsExactly(
                        "drbdadm connect r0",
                        "wait for 'r0' to be connected",
                        "wait for 'r0' to be UpToDate everywhere");
    }

    @Test
    void doesNotTakeComparingPeersForConnected() throws Exception {
        ResourceState met = DrbdNodes.state("Primary", "UpToDate", "Connected", "Unknown", "DUnknown");
        ResourceState comparing = new ResourceState(
                met.name(),
                met.role(),
                met.suspended(),
                met.volumes(),
                Map.of(
                        "peer",
                        new ConnectionStatus(
                                "peer",
                                null,
                                ConnectionState.parse("Connected"),
                                Role.parse("Unknown"),
                                Map.of(
                                        0,
                                        new PeerDeviceState(
                                                0,
                                                ReplicationState.parse("Off"),
                                                DiskState.parse("DUnknown"),
                                                false,
                                                28L)))));
        Plan plan = DISCARD_SV2.plan(cluster(node(SV1, comparing, 0x2000), node(SV2, comparing, 0x3000)));
        assertThat(planned(plan, SV2)).contains("drbdadm connect --discard-my-data r0");
    }

    @Test
    void showsBothSidesFirst() throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(recorded("split", SV1, "r0"), recorded("split", SV2, "r0")));
        assertThat(plan.notes().get(0))
                .isEqualTo(
                        "sv1: Primary, disk UpToDate, connection StandAlone, 552 KiB changed since, mounted at /srv/w,"
                                + " generations FF415EC7CDFCB5CF:BE6D7C1D599360E5:ABC638038ED79F84:4BB5BF4A5616D6CD"
                                + " (consistent was-up-to-date primary)");
        assertThat(plan.notes().get(1)).contains("sv2: Primary").contains("256 KiB changed since, not in use");
        assertThat(plan.notes().get(2)).contains("sv2 discards its writes since the split (about 256 KiB)");
    }

    @Test
    void resultHasBothSides() {
        NodeFacts sv1 = recorded("split", SV1, "r0");
        NodeFacts sv2 = recorded("split", SV2, "r0");
        assertThat(report(DISCARD_SV2, cluster(sv1, sv2))).containsEntry("victimTo", Map.of("sv1/0", "SPLIT_BRAIN"));
        assertThat(report(DISCARD_SV2, sv1, cluster(sv1, sv2)))
                .containsEntry("outOfSyncKib", 552L)
                .containsEntry("mountedAt", List.of("/srv/w"))
                .containsEntry("role", "Primary");
    }

    @Test
    void recognisesASplitBrainByGenerationsBeforeTheNodesReconnect() throws Exception {
        Plan plan =
                DISCARD_SV2.plan(cluster(recorded("split-not-met", SV1, "r0"), recorded("split-not-met", SV2, "r0")));
        assertThat(planned(plan, SV2))
                .startsWith("drbdadm disconnect r0", "drbdadm secondary r0", "drbdadm connect --discard-my-data r0");
        Change.Command connect = plan.changes().stream()
                .filter(change -> change.node().equals("sv1"))
                .map(Change.Command.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(connect.toRun())
                .contains("drbdadm cstate r0")
                .contains("= StandAlone")
                .contains("exit 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StandAlone | sv2 connect --discard-my-data r0, sv1 connect r0",
                "StandAlone\\nStandAlone | sv2 connect --discard-my-data r0, sv1 connect r0",
                "WFConnection | sv2 disconnect r0, sv2 connect --discard-my-data r0",
                "WFConnection\\nWFConnection | sv2 disconnect r0, sv2 connect --discard-my-data r0"
            })
    void connectsOnlyAStandAloneNodeWithAnyNumberOfVolumes(String state, String commands) throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(node(SV1, CONNECTING, 0x2000), node(SV2, CONNECTING, 0x3000)));
        List<String> run = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Command command) {
                // drbdadm 8.4 prints one line per volume
                String drbdadm =
                        "drbdadm() { if [ $1 = cstate ]; then printf '" + state + "\\n'; else echo \"$*\"; fi; }\n";
                String printed = new LocalShell(command.node(), drbdadm)
                        .run(Script.of(command.toRun()))
                        .stdout()
                        .strip();
                if (!printed.isEmpty()) {
                    run.add(command.node() + " " + printed);
                }
            }
        }
        assertThat(run).containsExactly(commands.split(", "));
    }

    @Test
    void notesToPromoteTheVictimAgainAfterTwoPrimaries() throws Exception {
        Plan plan = new DrbdResolveSplitBrain("r1", "sv2")
                .plan(cluster(recorded("dual-split-not-met", SV1, "r1"), recorded("dual-split-not-met", SV2, "r1")));
        assertThat(plan.notes()).contains("sv2 is Secondary afterwards: promote it again with drbdPromote");
    }

    @Test
    void bringsADownVictimUpWithoutConnectingFirst() throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(node(SV1, CONNECTING, 0x2000), node(SV2, (ResourceState) null, 0x3000)));
        assertThat(plan.changes().subList(0, 5))
                .extracting(Change::node, Change::summary)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"sv1\", \"drbdadm disconnect r0\")",
                        "(\"sv2\", \"drbdadm up r0\")",
                        "(\"sv2\", \"drbdadm disconnect r0\")",
                        "(\"sv2\", \"drbdadm connect --discard-my-data r0\")",
                        "(\"sv1\", \"drbdadm connect r0\")");
    }

    @Test
    void bringsADownSurvivorUpLast() throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(node(SV1, (ResourceState) null, 0x2000), node(SV2, ALONE, 0x3000)));
        assertThat(planned(plan, SV1)).startsWith("drbdadm up r0");
        assertThat(planned(plan, SV2)).startsWith("drbdadm connect --discard-my-data r0");
    }

    @Test
    void repeatsAnInterruptedRun() throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(node(SV1, ALONE_PRIMARY, 0x2000), node(SV2, CONNECTING, 0x3000)));
        assertThat(planned(plan, SV2)).startsWith("drbdadm disconnect r0", "drbdadm connect --discard-my-data r0");
        assertThat(planned(plan, SV1)).startsWith("drbdadm connect r0");
    }

    @Test
    void doesNothingIfTheNodesAreConnected() throws Exception {
        Plan plan = DISCARD_SV2.plan(cluster(free(SV1, PRIMARY), free(SV2, SECONDARY)));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes())
                .containsExactly("there is no split brain: 'r0' is connected and UpToDate on all nodes");
    }

    @Test
    void refusesNodesThatAreOnlyDisconnected() {
        assertThat(refusal(DISCARD_SV2, node(SV1, ALONE_PRIMARY, 0x2000), node(SV2, CONNECTING, COMMON)))
                .contains("there is no split brain, the nodes are only disconnected: volume 0 of sv2 is older than"
                        + " that of sv1")
                .contains("sv1: Primary")
                .contains("drbdCreateResource");
        assertThat(refusal(DISCARD_SV2, node(SV1, ALONE, COMMON), node(SV2, ALONE, COMMON)))
                .contains("volume 0 of sv2 is the same as that of sv1");
    }

    @Test
    void refusesUnrelatedData() {
        NodeFacts stranger =
                node(SV2, configured(false, new GenerationIds(0x7000, 0, List.of(0L, 0L), Set.of())), ALONE);
        assertThat(refusal(DISCARD_SV2, node(SV1, ALONE, 0x2000), stranger))
                .contains("never had the same data")
                .contains("wipeMetadata");
    }

    @Test
    void refusesUnreadableMetadata() {
        assertThat(refusal(DISCARD_SV2, node(SV1, ALONE, 0x2000), node(SV2, configured(false, null), ALONE)))
                .contains("cannot be read on both sides")
                .contains("The only good data could be discarded");
    }

    @Test
    void refusesAMountedVictim() {
        NodeFacts victim = node(SV2, ALONE_PRIMARY, 0x3000);
        victim = victim.with(
                StorageProbes.MOUNTS,
                new MountInfo(List.of(ResourceInUseNodes.mount("147:0", "/dev/drbd0", "/srv/www"))));
        assertThat(refusal(DISCARD_SV2, node(SV1, ALONE_PRIMARY, 0x2000), victim))
                .contains("sv2: 'r0' is in use on the victim: it is mounted at /srv/www")
                .contains("clusterUnmount");
    }

    @Test
    void refusesAVictimThatIsHeldOpen() {
        assertThat(refusal(
                        DISCARD_SV2,
                        node(SV1, ALONE_PRIMARY, 0x2000),
                        used(node(SV2, ALONE_PRIMARY, 0x3000), "process 0 process 5 (qemu)\n")))
                .contains("held open by process 5 (qemu)");
    }

    @Test
    void refusesASurvivorWithIncompleteData() {
        ResourceState broken = DrbdNodes.state("Secondary", "Inconsistent", "StandAlone", "Unknown", "DUnknown");
        assertThat(refusal(DISCARD_SV2, node(SV1, broken, 0x2000), node(SV2, ALONE, 0x3000)))
                .contains("sv1: volume 0 of 'r0' is Inconsistent there, so its data are not complete")
                .contains("The victim's data could be the only good ones");
    }

    @Test
    void requiresBothSides() {
        assertThat(refusal(DISCARD_SV2, node(SV2, ALONE, 0x3000)))
                .contains("of the nodes of 'r0' only sv2 is among sv2");
        assertThat(refusal(
                        DISCARD_SV2,
                        node(SV1, ALONE, 0x2000),
                        node(SV2, ALONE, 0x3000).with(DrbdProbes.configured("r0"), ConfiguredResource.NONE)))
                .contains("sv2: there is no resource 'r0' there");
    }

    @Test
    void changesOnlyTheConnectionBetweenTheTwoNodesOnDrbd9() throws Exception {
        Optional<DrbdVersion> nine = Optional.of(new DrbdVersion("9.22.0", "9.2.8", 2));
        Plan plan = DISCARD_SV2.plan(cluster(
                node(SV1, ALONE, 0x2000).with(DrbdProbes.VERSION, nine),
                node(SV2, CONNECTING, 0x3000).with(DrbdProbes.VERSION, nine)));
        assertThat(planned(plan, SV2))
                .startsWith("drbdadm disconnect r0:sv1", "drbdadm connect --discard-my-data r0:sv1");
        assertThat(planned(plan, SV1)).startsWith("drbdadm connect r0:sv2");
    }

    @Test
    void refusesAnInvalidVictim() {
        assertThatThrownBy(() -> new DrbdResolveSplitBrain("r0", null).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("victim");
        assertThatThrownBy(() -> new DrbdResolveSplitBrain("r0", "sv3").check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void dryRunAssumesConnectedNodes() {
        NodeFacts sv1 = assumed(DISCARD_SV2, node(SV1, ALONE_PRIMARY, 0x2000));
        NodeFacts sv2 = assumed(DISCARD_SV2, node(SV2, ALONE_PRIMARY, 0x3000));
        assertThat(DrbdFacts.state(sv1, "r0").isUpToDateEverywhere()).isTrue();
        assertThat(DrbdFacts.state(sv2, "r0").isUpToDateEverywhere()).isTrue();
        assertThat(DrbdFacts.state(sv2, "r0").isPrimary()).isFalse();
        assertThat(sv1.get(DrbdProbes.STATE)
                        .orElse(DrbdState.NONE)
                        .resource("r0")
                        .isPrimary())
                .isTrue();
    }

    @Test
    void waitsForARunningSynchronisation() throws Exception {
        ResourceState target = DrbdNodes.state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");
        NodeFacts sv2 = ResourceInUseNodes.read(
                free(SV2, target),
                DrbdProbes.STATE,
                """
                exists resource name:r0 role:Secondary suspended:no
                exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Primary
                exists device name:r0 volume:0 minor:0 disk:Inconsistent size:1048576
                exists peer-device name:r0 conn-name:peer volume:0 replication:SyncTarget peer-disk:UpToDate
                exists -
                """);
        Plan plan = DISCARD_SV2.plan(cluster(free(SV1, PRIMARY), sv2));
        assertThat(plan.changes())
                .allMatch(change -> change instanceof Change.Await)
                .hasSize(2);
        assertThat(plan.notes()).singleElement().asString().contains("being synchronised");
    }
}
