package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assertRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.guard.ManagedElsewhereCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every step that changes a DRBD resource refuses while another program manages it; the others still run. */
class ManagedElsewhereTest {
    private static final String MANAGERS = "drbd managers";
    private static final String LINSTOR = "linstor /var/lib/linstor.d/r0.res\n r0\n";
    private static final String REACTOR =
            "drbd-reactor /etc/drbd-reactor.d/r0.toml\n [[promoter]]\n [promoter.resources.r0]\n";
    private static final String PACEMAKER = "pacemaker cibadmin\n <resources>\n"
            + " <primitive id=\"p_drbd_r0\" class=\"ocf\" provider=\"linbit\" type=\"drbd\">\n <instance_attributes id=\"a\">\n"
            + " <nvpair id=\"n\" name=\"drbd_resource\" value=\"r0\"/>\n </instance_attributes>\n </primitive>\n"
            + " </resources>\n";
    private static final String UNREADABLE =
            "pacemaker /var/lib/pacemaker/cib/cib.xml\nfailed cat: Input/output error\n";

    /** The steps that change no DRBD resource: those that only read it, and those of nodes and other devices. */
    private static final Set<StepCalls> OTHERS = EnumSet.of(
            StepCalls.CHECK,
            StepCalls.HEALTH,
            StepCalls.DESCRIBE,
            StepCalls.EXEC,
            StepCalls.INSTALL_DRBD,
            StepCalls.INSTALL_OCFS2,
            StepCalls.CONFIGURE,
            StepCalls.CONFIGURE_FENCING,
            StepCalls.FENCE,
            StepCalls.LVM,
            StepCalls.STATUS,
            StepCalls.STATUS_OCFS2,
            StepCalls.CHECK_OCFS2,
            StepCalls.SHARING,
            StepCalls.VERIFY,
            StepCalls.WAIT);

    private static List<Refusal> refusals(Operation operation, SimulatedNodes nodes) throws Exception {
        ClusterFacts facts = nodes.collectFacts(operation, BOTH, (node, probes) -> {});
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> ManagedElsewhereCheck.check(operation, facts));
        return refused == null ? List.of() : refused.refusals();
    }

    private static Operation operation(StepCalls calls) {
        return ((ClusterStep) calls.valid.bind()).operation();
    }

    private static SimulatedNodes nodes(StepCalls calls, String answer) {
        String resource = calls.valid.text("resource");
        return calls.nodes(calls.valid, BOTH)
                .with(MANAGERS, resource == null ? answer : answer.replaceAll("\\br0\\b", resource));
    }

    @ParameterizedTest
    @EnumSource
    void refusesExactlyTheStepsThatChangeAResource(StepCalls calls) throws Exception {
        Operation operation = operation(calls);
        assertThat(refusals(operation, nodes(calls, ""))).isEmpty();
        for (String answer : List.of(LINSTOR, REACTOR, PACEMAKER, UNREADABLE)) {
            List<Refusal> refusals = refusals(operation, nodes(calls, answer));
            if (OTHERS.contains(calls)) {
                assertThat(refusals).as(answer).isEmpty();
            } else {
                assertThat(refusals)
                        .as(answer)
                        .isNotEmpty()
                        .allMatch(refusal -> refusal.kind() == DrbdRefusal.MANAGED_ELSEWHERE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ignoresOtherManagedResources(StepCalls calls) throws Exception {
        String others = (LINSTOR + REACTOR + PACEMAKER)
                .replace(" r0\n", " other\n")
                .replace("resources.r0", "resources.other")
                .replace("value=\"r0\"", "value=\"other\"");
        assertThat(refusals(operation(calls), nodes(calls, others))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void probesManagersOnceInTheFirstRound(StepCalls calls) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        nodes(calls, "").collectFacts(operation(calls), BOTH, (node, probes) -> {
            rounds.incrementAndGet();
            asked.addAndGet((int) probes.probes().stream()
                    .filter(probe -> probe.key().equals(MANAGERS))
                    .count());
        });
        boolean isTold = !OTHERS.contains(calls)
                || EnumSet.of(
                                StepCalls.LVM,
                                StepCalls.HEALTH,
                                StepCalls.DESCRIBE,
                                StepCalls.STATUS,
                                StepCalls.CHECK_OCFS2,
                                StepCalls.VERIFY,
                                StepCalls.WAIT)
                        .contains(calls);
        // the other node is down
        int nodes = calls == StepCalls.CONFIRM_DOWN ? 1 : BOTH.size();
        assertThat(asked.get()).isEqualTo(isTold ? nodes : 0);
        if (calls == StepCalls.UNMOUNT) {
            assertThat(rounds.get()).isEqualTo(BOTH.size());
        }
    }

    @Test
    void namesTheManagerAndItsCommand() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .on(SV1, MANAGERS, LINSTOR + REACTOR)
                .on(SV2, MANAGERS, PACEMAKER);
        List<Refusal> refusals = refusals(new DrbdDemote("r0", "sv1"), nodes);
        assertThat(refusals).hasSize(3).allMatch(refusal -> refusal.allowedBy() == null);
        assertRefusal(
                refusals.get(0),
                "sv1",
                "'r0' is managed by LINSTOR (/var/lib/linstor.d/r0.res)",
                "act against each other",
                "`linstor resource list -r r0`");
        assertRefusal(
                refusals.get(1),
                "sv1",
                "'r0' is managed by drbd-reactor (/etc/drbd-reactor.d/r0.toml)",
                "act against each other",
                "`drbd-reactorctl`");
        assertRefusal(
                refusals.get(2),
                "sv2",
                "'r0' is managed by Pacemaker (primitive p_drbd_r0 in the CIB)",
                "act against each other",
                "`pcs resource` or `crm resource`");
    }

    @Test
    void refusesIfAFileOfAManagerCannotBeRead() throws Exception {
        SimulatedNodes nodes =
                SimulatedNodes.running(false, "Primary", "Secondary").on(SV2, MANAGERS, UNREADABLE);
        List<Refusal> refusals = refusals(new DrbdDemote("r0", "sv1"), nodes);
        assertThat(refusals).hasSize(1);
        assertRefusal(
                refusals.get(0),
                "sv2",
                "whether Pacemaker manages 'r0' is not known: /var/lib/pacemaker/cib/cib.xml could not be read, because:"
                        + " cat: Input/output error",
                "act against each other",
                "Make it readable");
    }

    @Test
    void recognisesLinstorByTheFileOfTheResource() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .change("drbd resource r0", text -> "at /var/lib/linstor.d/sub/r0.res\n" + text);
        assertThat(refusals(new DrbdDemote("r0", "sv1"), nodes))
                .extracting(Refusal::finding)
                .containsOnly("'r0' is managed by LINSTOR (/var/lib/linstor.d/sub/r0.res)");
    }

    @Test
    void allowsAStepWithoutChanges() throws Exception {
        SimulatedNodes nodes =
                SimulatedNodes.running(false, "Primary", "Secondary").with(MANAGERS, LINSTOR + REACTOR + PACEMAKER);
        DrbdPromote promote = new DrbdPromote("r0", "sv1", false);
        assertThat(refusals(promote, nodes)).isEmpty();
        assertThat(nodes.plan(promote, BOTH).isEmpty()).isTrue();
    }

    @Test
    void refusesForTheManagerBeforeTheStepRefuses() throws Exception {
        SimulatedNodes nodes =
                SimulatedNodes.running(false, "Primary", "Secondary").with(MANAGERS, PACEMAKER);
        assertThat(refusals(new DrbdPromote("r0", "sv2", false), nodes)).hasSize(2);
    }

    @Test
    void refusesDevicesOnTopOfAManagedResource() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .with("device /dev/vg/data", SimulatedNodes.device("/dev/dm-5", "254:5", "readable\n", "TYPE=xfs\n"))
                .with("uses of block devices", "device drbd0 147:0 \ndevice dm-5 254:5 vg-data\nover dm-5 drbd0\nend\n")
                .with(MANAGERS, REACTOR);
        assertThat(refusals(new ClusterMount("/dev/vg/data", "/srv/data", "xfs", null, false), nodes))
                .hasSize(2);
        assertThat(refusals(
                        new LvmCreateVolume("vg2", "d", "64M", List.of("/dev/drbd0"), Overwrite.NOTHING, false), nodes))
                .hasSize(2);
    }

    @Test
    void statusReportsTheManagers() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .on(SV1, MANAGERS, LINSTOR + PACEMAKER)
                .on(SV2, MANAGERS, UNREADABLE);
        DrbdStatus status = new DrbdStatus("r0");
        ClusterFacts facts = nodes.collectFacts(status, BOTH, (node, probes) -> {});
        assertThatCode(() -> ManagedElsewhereCheck.check(status, facts)).doesNotThrowAnyException();
        assertThat(report(status, facts.node("sv1"), facts))
                .containsEntry(
                        "managedBy",
                        List.of("LINSTOR (/var/lib/linstor.d/r0.res)", "Pacemaker (primitive p_drbd_r0 in the CIB)"))
                .containsEntry("managedByKnown", true);
        assertThat(report(status, facts.node("sv2"), facts))
                .doesNotContainKey("managedBy")
                .containsEntry("managedByKnown", false);
        assertThat(status.plan(facts).notes())
                .containsExactly(
                        "sv1: 'r0' is managed by LINSTOR (/var/lib/linstor.d/r0.res); steps that change it refuse",
                        "sv1: 'r0' is managed by Pacemaker (primitive p_drbd_r0 in the CIB); steps that change it refuse",
                        "warning: sv2: whether Pacemaker manages resources is not known:"
                                + " /var/lib/pacemaker/cib/cib.xml could not be read, because: cat: Input/output error");
        DrbdStatus all = new DrbdStatus(null);
        ClusterFacts whole = nodes.collectFacts(all, BOTH, (node, probes) -> {});
        assertThat(report(all, whole.node("sv1"), whole).get("resources").toString())
                .contains("managedBy=[LINSTOR (");
    }
}
