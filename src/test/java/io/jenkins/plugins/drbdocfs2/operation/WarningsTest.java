package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.drbd.create.FencedNodes.common;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.FencedNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are executed, but with a warning in the log and in the result. */
class WarningsTest {
    private static final String FENCING = "disk { fencing resource-and-stonith; }";
    private static final String HANDLER = "handlers { fence-peer \"/usr/lib/drbd/stonith.sh\"; }";
    private static final ResourceSpec PLAIN = DrbdNodes.spec(true);

    private static List<String> warnings(ResourceSpec spec, String common, PeerLossPolicy onPeerLoss) throws Exception {
        DrbdCreateResource create = new DrbdCreateResource(spec, Overwrite.NOTHING, false, onPeerLoss);
        return create.plan(cluster(common(fresh(SV1), spec, common), common(fresh(SV2), spec, common))).notes().stream()
                .filter(note -> note.startsWith("warning: "))
                .toList();
    }

    @Test
    @DisplayName("H6: fencing with a handler gives no warning, wherever it is configured")
    void doesNotWarnIfThereIsFencing() throws Exception {
        assertThat(warnings(FencedNodes.spec(FENCING + HANDLER), "", null)).isEmpty();
        assertThat(warnings(PLAIN, "common {\n" + FENCING + HANDLER + "\n}", null))
                .isEmpty();
        assertThat(warnings(FencedNodes.spec(HANDLER), "common {\n" + FENCING + "\n}", null))
                .isEmpty();
        assertThat(warnings(FencedNodes.spec("disk { fencing resource-only; }" + HANDLER), "", null))
                .singleElement()
                .asString()
                .contains("two Primaries without fencing");
    }

    @Test
    @DisplayName("H6: warns that fencing without a handler stops all writing permanently")
    void warnsOfFencingWithoutAHandler() throws Exception {
        assertThat(warnings(FencedNodes.spec(FENCING), "", null))
                .singleElement()
                .asString()
                .contains("no fence-peer handler", "stops all writing");
    }

    @Test
    @DisplayName("H6: warns of onPeerLoss 'continue' once, and the file records it for the second Primary")
    void warnsOfContinueOnce() throws Exception {
        DrbdCreateResource create = new DrbdCreateResource(PLAIN, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        Plan plan = create.plan(cluster(fresh(SV1), fresh(SV2)));
        PutFile file = plan.changes().stream()
                .filter(PutFile.class::isInstance)
                .map(PutFile.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(plan.notes()).singleElement().asString().contains("without fencing", "'freeze'");
        assertThat(file.after())
                .contains("# A node that loses its peer continues alone (onPeerLoss: 'continue').\nresource ");

        NodeFacts primary =
                node(SV1, configured(true, SYNCED), state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate"));
        NodeFacts second = node(
                        SV2,
                        configured(true, SYNCED),
                        state("Secondary", "UpToDate", "Connected", "Primary", "UpToDate"))
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, file.after(), "600"));
        assertThat(new DrbdPromote("r0", "sv2", false)
                        .plan(cluster(primary, second))
                        .notes())
                .isEmpty();
    }

    @Test
    @DisplayName("H6: does not warn of one Primary without fencing, nor of the first of two")
    void doesNotWarnOfOnePrimary() throws Exception {
        ResourceSpec one = DrbdNodes.spec(false);
        assertThat(warnings(one, "", null)).isEmpty();
        NodeFacts idle = node(
                SV1, configured(true, SYNCED), state("Secondary", "UpToDate", "Connected", "Secondary", "UpToDate"));
        assertThat(new DrbdPromote("r0", "sv1", false)
                        .plan(cluster(idle, node(SV2, configured(true, SYNCED), ResourceInUseNodes.IDLE)))
                        .notes())
                .isEmpty();
    }

    @Test
    @DisplayName("H1: warns that a peer outside of the step may be Primary")
    void warnsOfAPeerOutsideOfTheStep() throws Exception {
        NodeFacts alone = node(
                SV1, configured(true, SYNCED), state("Secondary", "UpToDate", "Connecting", "Unknown", "DUnknown"));
        assertThat(new DrbdPromote("r0", "sv1", false).plan(cluster(alone)).notes())
                .singleElement()
                .asString()
                .startsWith("warning: the peer of sv1 is not connected (Connecting) and is not a node of this step");

        ConfiguredResource freezing = new ConfiguredResource(
                FencedNodes.spec(FENCING + HANDLER).on(BOTH), "", true, List.of(), Map.of(0, List.of(SYNCED)));
        Plan plan =
                new DrbdPromote("r0", "sv1", false).plan(cluster(alone.with(DrbdProbes.configured("r0"), freezing)));
        assertThat(plan.notes()).isEmpty();
        assertThat(((Change.Command) plan.changes().get(0)).hint()).contains("clusterConfirmNodeDown");
    }

    @ParameterizedTest
    @DisplayName("H7: warns of policies by which DRBD discards data after a split brain")
    @CsvSource({
        "after-sb-0pri discard-least-changes, true",
        "after-sb-0pri discard-younger-primary, true",
        "after-sb-0pri discard-zero-changes, false",
        "after-sb-1pri discard-secondary, true",
        "after-sb-1pri consensus, false",
        "after-sb-2pri call-pri-lost-after-sb, true",
        "after-sb-2pri disconnect, false",
        "rr-conflict call-pri-lost, true"
    })
    void warnsOfPoliciesThatDiscardData(String option, boolean warned) throws Exception {
        List<String> own = warnings(FencedNodes.spec("net { " + option + "; }"), "", null);
        List<String> ofCommon = warnings(PLAIN, "common {\nnet { " + option + "; }\n}", null);
        assertThat(own).isEqualTo(ofCommon);
        if (warned) {
            assertThat(own)
                    .singleElement()
                    .asString()
                    .startsWith("warning: 'r0' has " + option + ": ")
                    .contains("drbdResolveSplitBrain");
        } else {
            assertThat(own).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("H18: warns of a synchronisation at 250 KiB/s")
    @CsvSource({
        "8.4.11, disk { c-plan-ahead 0; }, true",
        "8.4.11, disk { c-plan-ahead 0; resync-rate 100M; }, false",
        "8.4.11, syncer { rate 100M; }, false",
        "8.4.11, net { max-buffers 8000; }, false",
        "8.3.16, net { max-buffers 8000; }, true",
        "8.3.16, syncer { rate 100M; }, false"
    })
    void warnsOfASlowSynchronisation(String kernel, String options, boolean warned) throws Exception {
        ResourceSpec spec = FencedNodes.spec(options);
        Optional<DrbdVersion> version = Optional.of(new DrbdVersion("9.22.0", kernel, 1));
        Plan plan = new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE)
                .plan(cluster(
                        fresh(SV1).with(DrbdProbes.VERSION, version), fresh(SV2).with(DrbdProbes.VERSION, version)));
        assertThat(plan.notes().stream().anyMatch(note -> note.contains("synchronises at 250 KiB/s")))
                .isEqualTo(warned);
    }
}
