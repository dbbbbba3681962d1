package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.SPEC;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.CLUSTER;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.online;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceOptions;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerLossChoiceTest {
    private static final String FOREIGN = "handlers { fence-peer \"/usr/lib/drbd/crm-fence-peer.sh\"; }";
    private static final Resource DUAL = SPEC.on(BOTH);

    private static PeerLossChoice choice(PeerLossPolicy requested, ClusterFacts facts) {
        return PeerLossChoice.of(DUAL, requested, false, facts);
    }

    private static String options(PeerLossChoice choice) {
        return new ConfigText(List.copyOf(choice.resource().options())).render().replaceAll("\\s+", " ");
    }

    private static NodeFacts withDevices(NodeFacts node, String... peers) {
        return node.with(FencingDevices.PROBE, new FencingDevices(Set.of(peers)));
    }

    private static NodeFacts configured(NodeFacts node, String dump) {
        ConfiguredResource read = DrbdProbes.configured("r0").parser().apply(new Reading(0, dump + "checked 0\n"));
        return node.with(DrbdProbes.configured("r0"), read);
    }

    private static NodeFacts withCommonHandler(NodeFacts node) {
        return configured(
                node,
                "common common {\ncommon disk { fencing resource-and-stonith; }\ncommon " + FOREIGN + "\ncommon }\n");
    }

    @Test
    void freezesTwoPrimariesByDefault() {
        PeerLossChoice choice = choice(null, cluster(fresh(SV1), fresh(SV2)));
        assertThat(choice.policy()).isEqualTo(PeerLossPolicy.FREEZE);
        assertThat(options(choice))
                .contains("fencing resource-and-stonith;", "fence-peer \"/usr/local/sbin/drbd-fence-peer\";");
        assertThat(choice.notes("r0")).singleElement().asString().contains("'freeze'", "stops all I/O");
    }

    @Test
    void putsTheHandlerInPlaceBeforeTheFileOfTheResource() throws Exception {
        DrbdCreateResource create = new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, null);
        assertThat(planned(create.plan(cluster(fresh(SV1), fresh(SV2))), SV1))
                .containsSubsequence(
                        "write /usr/local/sbin/drbd-fence-peer",
                        "write /usr/local/sbin/drbd-rejoin",
                        "write /etc/systemd/system/drbd-rejoin.service",
                        "systemctl daemon-reload",
                        "systemctl enable drbd-rejoin.service",
                        "write /etc/drbd.d/r0.res");
    }

    @Test
    void fencesIfAllNodesHaveTheDevicesOfTheirPeers() {
        NodeFacts sv1 = withDevices(fresh(SV1), "sv2");
        assertThat(choice(null, cluster(sv1, withDevices(fresh(SV2), "sv1"))).policy())
                .isEqualTo(PeerLossPolicy.FENCE);
        assertThat(choice(null, cluster(sv1, fresh(SV2))).policy()).isEqualTo(PeerLossPolicy.FREEZE);
        assertThat(choice(null, cluster(sv1, withDevices(fresh(SV2), "sv2"))).policy())
                .isEqualTo(PeerLossPolicy.FREEZE);
    }

    @Test
    void refusesToFenceWithoutDevices() {
        DrbdCreateResource fence = new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.FENCE);
        assertThat(refusal(fence, withDevices(fresh(SV1), "sv2"), fresh(SV2)))
                .contains("no fencing device on sv2 for sv1 in /etc/drbd-fencing.conf");
    }

    @Test
    void refusesToFreezeWithDevicesThatWouldFence() {
        DrbdCreateResource freeze = new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.FREEZE);
        assertThat(refusal(freeze, withDevices(fresh(SV1), "sv2"), withDevices(fresh(SV2), "sv3")))
                .contains("onPeerLoss is 'freeze', but there is a fencing device on sv1 for sv2 in /etc");
    }

    @Test
    void refusesToNoticeALossSoLateThatFencingTakesTooLong() {
        NodeFacts sv2 = fresh(SV2)
                .with(Ocfs2Probes.STATE, online(CLUSTER, Map.of()))
                .with(FencingDevices.PROBE, new FencingDevices(Set.of("sv1"), 19, 8));
        PeerLossChoice choice = choice(null, cluster(withDevices(fresh(SV1), "sv2"), sv2));
        for (int pingInt : new int[] {10, 12}) {
            Refusals refusals = new Refusals();
            var options =
                    ResourceOptions.parse("net { ping-int " + pingInt + "; }").sections();
            choice.checkTimes(sv2, new EffectiveOptions(options, List.of()), refusals);
            assertThat(refusals.any()).isNotEqualTo(pingInt == 10);
        }
    }

    @Test
    void keepsAHandlerOfSomebodyElseInCommon() {
        PeerLossChoice choice = choice(null, cluster(withCommonHandler(fresh(SV1)), fresh(SV2)));
        assertThat(choice.policy()).isEqualTo(PeerLossPolicy.OTHER);
        assertThat(choice.needsHandler()).isFalse();
        assertThat(options(choice)).doesNotContain("fence-peer");
        assertThat(choice.notes("r0"))
                .singleElement()
                .asString()
                .contains("keeps the fence-peer handler '/usr/lib/drbd/crm-fence-peer.sh' of sv1");
    }

    @Test
    void keepsAHandlerOfSomebodyElseInTheResource() {
        String dump = DrbdNodes.dumpOf(
                FencedNodes.spec("net { fencing resource-only; } " + FOREIGN).on(BOTH));
        PeerLossChoice choice = choice(null, cluster(configured(fresh(SV1), dump), fresh(SV2)));
        assertThat(options(choice)).contains("fencing resource-only;", "crm-fence-peer.sh");
    }

    @Test
    void namesTheHandlerThatItReplaces() {
        ClusterFacts facts = cluster(withCommonHandler(fresh(SV1)), fresh(SV2));
        PeerLossChoice freeze = choice(PeerLossPolicy.FREEZE, facts);
        assertThat(options(freeze)).contains("drbd-fence-peer");
        assertThat(freeze.notes("r0"))
                .singleElement()
                .asString()
                .contains("replaces or overrides", "crm-fence-peer.sh");
        assertThat(options(choice(PeerLossPolicy.CONTINUE, facts))).contains("fencing dont-care;");
    }

    @Test
    void leavesASinglePrimaryAndTheTextOfConfigAlone() {
        Resource single = DrbdNodes.spec(false).on(BOTH);
        ClusterFacts facts = cluster(fresh(SV1), fresh(SV2));
        assertThat(PeerLossChoice.of(single, null, false, facts).resource()).isEqualTo(single);
        assertThat(PeerLossChoice.of(DUAL, null, true, facts).resource()).isEqualTo(DUAL);
    }

    @Test
    void leavesTheDecisionToAQuorum() {
        Resource quorum = FencedNodes.spec("options { quorum majority; on-no-quorum suspend-io; }")
                .on(BOTH);
        ClusterFacts facts = cluster(fresh(SV1), fresh(SV2));
        assertThat(PeerLossChoice.of(quorum, null, false, facts).policy()).isEqualTo(PeerLossPolicy.CONTINUE);
    }

    @Test
    void refusesFencingInOptionsBesidesTheParameter() {
        DrbdCreateResource create = new DrbdCreateResource(
                FencedNodes.spec("disk { fencing resource-only; }"), Overwrite.NOTHING, false, PeerLossPolicy.FREEZE);
        assertThatThrownBy(() -> create.check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("onPeerLoss");
    }
}
