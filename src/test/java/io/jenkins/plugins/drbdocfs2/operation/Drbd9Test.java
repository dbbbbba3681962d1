package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdVerify;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.NodeDiskSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.operation.view.SplitBrainSide;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Features of DRBD 9 that 8.4 lacks, in states recorded on three nodes; {@link Drbd9DecisionsTest} covers all states. */
class Drbd9Test {
    private static final ClusterFacts CLIENT = Drbd9Nodes.cluster("diskless-client");
    private static final ClusterFacts CLIENT_PRIMARY = Drbd9Nodes.cluster("diskless-primary");

    @Test
    void disklessClientIsUpToDate() throws Exception {
        assertThat(new DrbdWaitSync("dl", 300).plan(CLIENT).isEmpty()).isTrue();
        assertThat(ResourceReport.of(CLIENT.node("sv1"), "dl")).containsEntry("peerDisk", "UpToDate");
        assertThat(ResourceReport.of(CLIENT.node("sv3"), "dl")).containsEntry("disk", "Diskless");
    }

    @Test
    void detachedOrFailedDiskIsNotUpToDate() {
        for (String state : new String[] {"detached-secondary", "failed-disk"}) {
            assertThat(refusal(new DrbdWaitSync("mv", 300), nodes(Drbd9Nodes.cluster(state))))
                    .contains("volume 1 of 'mv' is Diskless");
        }
    }

    @Test
    void verifiesAndResizesOnNodesWithADisk() throws Exception {
        Plan verify = new DrbdVerify("dl").plan(CLIENT_PRIMARY);
        assertThat(planned(verify, CLIENT_PRIMARY.node("sv3").node())).isEmpty();
        assertThat(planned(verify, CLIENT_PRIMARY.node("sv1").node())).contains("drbdadm verify dl");
        ClusterFacts grown = new ClusterFacts(CLIENT_PRIMARY.all().stream()
                .map(node -> node.with(DeviceSize.probe("/dev/sys/c"), new DeviceSize(1L << 30)))
                .toList());
        Plan resize = new DrbdResize("dl").plan(grown);
        assertThat(planned(resize, grown.node("sv1").node())).contains("drbdadm resize dl/0");
        assertThat(planned(resize, grown.node("sv3").node()))
                .containsExactly("wait for 'dl' to be grown and synchronised");
    }

    @Test
    void refusesToVerifyWithoutANodeWithADisk() {
        NodeFacts client = CLIENT.node("sv3");
        assertThat(refusal(new DrbdVerify("dl"), client)).contains("no node of 'dl' in this step has a disk");
    }

    @Test
    void switchesOverToADisklessNodeAndBack() throws Exception {
        assertThat(planned(
                        new DrbdSwitchover("dl", "sv3", null, null).plan(CLIENT),
                        CLIENT.node("sv3").node()))
                .containsExactly("drbdadm primary dl");
        assertThat(planned(
                        new DrbdSwitchover("dl", "sv2", null, null).plan(CLIENT_PRIMARY),
                        CLIENT_PRIMARY.node("sv2").node()))
                .containsExactly("drbdadm primary dl");
    }

    private static ResourceSpec spec(NodeDiskSpec... nodeDisks) {
        VolumeSpec volume = new VolumeSpec(0, "/dev/drbd20", "/dev/sys/c", null);
        return new ResourceSpec("dl", List.of(volume), List.of(nodeDisks), null, 7796, "C", false, null);
    }

    @Test
    void writesANodeWithoutADisk() {
        ResourceSpec spec = spec(new NodeDiskSpec("sv3", 0, "none", null));
        List<Node> nodes = CLIENT.all().stream().map(NodeFacts::node).toList();
        Resource resource = spec.on(nodes);
        String text = ResourceText.render(resource, DrbdGeneration.V9);
        assertThat(text.substring(text.indexOf("on sv3")))
                .contains("disk none;")
                .doesNotContain("meta-disk");
        assertThat(ResourceText.parse(Drbd9.text("diskless-client", "sv3", "drbdadm-dump"))
                        .volumes())
                .isEqualTo(resource.volumes());
    }

    @Test
    void refusesInvalidDisklessNodes() {
        ResourceSpec two = spec(new NodeDiskSpec("sv2", 0, "none", null));
        List<Node> nodes = CLIENT.all().stream().map(NodeFacts::node).limit(2).toList();
        Resource resource = two.on(nodes);
        for (DrbdGeneration old : List.of(DrbdGeneration.V84, DrbdGeneration.V83)) {
            assertThatThrownBy(() -> ResourceText.render(resource, old))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("nodes without a disk need DRBD 9");
        }
        assertThatThrownBy(
                        () -> spec(new NodeDiskSpec("sv1", 0, "none", null), new NodeDiskSpec("sv2", 0, "none", null))
                                .on(nodes))
                .hasMessageContaining("be given for at least one node");
        assertThatThrownBy(() ->
                        spec(new NodeDiskSpec("sv2", 0, "none", "internal")).on(nodes))
                .hasMessageContaining("be left out with disk: 'none'");
    }

    @Test
    void threeNodeExampleIsAFullMeshWithQuorumMajority() throws Exception {
        String example = Files.readString(Path.of("examples/three-nodes-quorum/Jenkinsfile"));
        String options = example.split("'''")[1];
        VolumeSpec volume = new VolumeSpec(0, "/dev/drbd3", "/dev/sdd", "internal");
        ResourceSpec spec = new ResourceSpec("r3", List.of(volume), List.of(), null, 7793, "C", false, options);
        ClusterFacts facts = Drbd9Nodes.cluster("three-established");
        Resource resource = spec.on(facts.all().stream().map(NodeFacts::node).toList());
        assertThat(resource.volumes())
                .isEqualTo(
                        DrbdFacts.configured(facts.node("sv1"), "r3").resource().volumes());
        assertThat(resource.hosts())
                .isEqualTo(
                        DrbdFacts.configured(facts.node("sv1"), "r3").resource().hosts());
        assertThat(ResourceText.render(resource, DrbdGeneration.V9)).contains("hosts sv1 sv2 sv3;", "quorum majority;");
        assertThatThrownBy(() -> ResourceText.render(resource, DrbdGeneration.V84))
                .hasMessageContaining("more need DRBD 9");
    }

    @Test
    void dryRunContinuesAfterStepsThatNeedDrbd9() {
        List<Node> nodes = CLIENT.all().stream().map(NodeFacts::node).toList();
        DrbdCreateResource create = new DrbdCreateResource(
                spec(new NodeDiskSpec("sv3", 0, "none", null)),
                new Overwrite(List.of()),
                false,
                PeerLossPolicy.CONTINUE);
        // a step without a probe of the DRBD version
        NodeFacts facts = TestNodes.answered(nodes.get(2)).with(DrbdProbes.STATE, Optional.of(DrbdState.NONE));
        ResourceState simulated = DrbdFacts.state(create.simulate(facts, nodes, cluster(facts)), "dl");
        assertThat(simulated.isClient()).isTrue();
        assertThat(simulated
                        .connections()
                        .get("sv1")
                        .volumes()
                        .get(0)
                        .peerDisk()
                        .state())
                .isEqualTo(DiskState.INCONSISTENT);
    }

    @Test
    void refusesAFirstSynchronisationFromADisklessNode() {
        NodeFacts fresh = ResourceInUseNodes.read(
                CLIENT.node("sv3"),
                DrbdProbes.STATE,
                """
                exists resource name:dl role:Secondary suspended:no
                exists connection name:dl peer-node-id:0 conn-name:sv1 connection:Connected role:Secondary
                exists device name:dl volume:0 minor:20 backing_dev:none disk:Diskless client:yes quorum:yes
                exists peer-device name:dl peer-node-id:0 conn-name:sv1 volume:0 replication:Established peer-disk:Inconsistent peer-client:no resync-suspended:no
                exists -
                """);
        assertThat(refusal(new DrbdPromote("dl", "sv3", true), fresh)).contains("volume 0 of 'dl' has no disk there");
    }

    @Test
    void refusesForceIfADetachedDiskMayHaveGoodData() {
        ClusterFacts detached = Drbd9Nodes.cluster("detached-secondary");
        NodeFacts sv2 = detached.node("sv2")
                .change(DrbdProbes.configured("mv"), configured -> configured.withMetadata(Map.of()));
        assertThat(refusal(new DrbdPromote("mv", "sv2", true), detached.node("sv1"), sv2))
                .contains("volume 1 of 'mv' is Diskless, and its metadata cannot be read");
    }

    @Test
    void refusesToPromoteWithoutQuorum() {
        NodeFacts[] alone = nodes(Drbd9Nodes.cluster("three-quorum-lost-secondary"));
        assertThat(refusal(new DrbdPromote("r3", "sv3", false), alone))
                .contains("'r3' has no quorum there: sv2 is Connecting, sv1 is Connecting", "repair the network");
        assertThat(refusal(new DrbdSwitchover("r3", "sv3", null, null), alone)).contains("has no quorum there");
    }

    @Test
    void promotesWithQuorumWithoutAWarningAboutMissingNodes() throws Exception {
        Plan plan = new DrbdPromote("r3", "sv1", false).plan(Drbd9Nodes.cluster("three-primary-died"));
        assertThat(plan.notes()).isEmpty();
        assertThat(plan.changes()).hasSize(1);
    }

    @Test
    void doesNotReportALivePrimaryAsCrashed() {
        assertThat(SplitBrainSide.describe(Drbd9Nodes.node("split-brain-standalone", "sv1"), "r0"))
                .contains("(consistent was-up-to-date primary")
                .doesNotContain("crashed-primary");
        assertThat(SplitBrainSide.describe(Drbd9Nodes.node("established-primary-secondary", "sv1"), "wwwdata"))
                .doesNotContain(" primary", "crashed-primary");
        assertThat(SplitBrainSide.describe(Drbd9Nodes.node("booted-alone-waiting", "sv1"), "r0"))
                .contains("crashed-primary");
    }

    @Test
    void refusesAVictimWithAnotherNodeOnItsSide() throws Exception {
        ClusterFacts split = Drbd9Nodes.cluster("three-split-brain");
        assertThat(refusal(new DrbdResolveSplitBrain("r3", "sv1"), nodes(split)))
                .contains("sv2: it is on the side of sv1 and has split from sv3 too", "Name sv3 as victim");
        assertThat(new DrbdResolveSplitBrain("r3", "sv3").plan(split).isEmpty()).isFalse();
    }

    @Test
    void refusesToResizeDuringAVerify() {
        ClusterFacts verifying = Drbd9Nodes.cluster("verify-running-with-out-of-sync");
        NodeFacts[] grown = verifying.all().stream()
                .map(node -> node.with(DeviceSize.probe("/dev/sdd"), new DeviceSize(4L << 30)))
                .toArray(NodeFacts[]::new);
        assertThat(refusal(new DrbdResize("r3"), grown)).contains("'r3' is being compared (online verify)");
    }

    @Test
    void refusesToWaitForNodesInASplitBrain() {
        assertThat(refusal(new DrbdWaitSync("r0", 300), nodes(Drbd9Nodes.cluster("split-while-apart"))))
                .contains("'r0' has split: sv1 and sv2", "drbdResolveSplitBrain");
    }

    private static NodeFacts[] nodes(ClusterFacts facts) {
        return facts.all().toArray(NodeFacts[]::new);
    }
}
