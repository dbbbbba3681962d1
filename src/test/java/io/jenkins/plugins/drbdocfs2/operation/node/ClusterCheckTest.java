package io.jenkins.plugins.drbdocfs2.operation.node;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes.Reach;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Module;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterCheckTest {
    private static final ClusterCheck CHECK = new ClusterCheck(ClusterCheck.PORTS);
    private static final OsRelease DEBIAN = new OsRelease("debian", List.of(), "Debian GNU/Linux 12 (bookworm)");

    private static NodeFacts good(Node node, List<Node> nodes) {
        Map<String, Reach> reached = new LinkedHashMap<>();
        nodes.stream().filter(other -> other != node).forEach(other -> CHECK.portNumbers()
                .forEach(port -> reached.put(NetworkProbes.place(other.address(), port), Reach.REFUSED)));
        return answered(node)
                .with(OsRelease.PROBE, DEBIAN)
                .with(ClusterCheck.TOOLS, Set.of("drbdadm", "mkfs.ocfs2", "o2cb", "lvcreate"))
                .with(SystemProbes.module("drbd"), Module.LOADED)
                .with(SystemProbes.module("ocfs2"), Module.AVAILABLE)
                .with(NetworkProbes.ADDRESSES, new HashSet<>(List.of("127.0.0.1", node.address())))
                .with(CHECK.reach(node, nodes), reached)
                .with(DrbdProbes.STATE, Optional.empty())
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(FencingDevices.PROBE, new FencingDevices(Set.of()))
                .with(LastFencing.PROBE, Optional.empty())
                .with(SystemProbes.CLOCK, 1000.005);
    }

    private static NodeFacts good(Node node) {
        return good(node, BOTH);
    }

    @Test
    void reportsTheVersionOfDrbd() throws Exception {
        NodeFacts nine = ResourceInUseNodes.read(good(SV1), DrbdProbes.MODULE, "9.2.18\n");
        NodeFacts none = ResourceInUseNodes.read(good(SV2), DrbdProbes.MODULE, "modinfo: ERROR\n");
        assertThat(CHECK.plan(cluster(nine, none)).notes()).contains("DRBD 9.2.18 on sv1");
        assertThat(report(CHECK, nine, cluster(nine, none))).containsEntry("drbdModule", "9.2.18");
        assertThat(report(CHECK, none, cluster(nine, none))).doesNotContainKey("drbdModule");
    }

    private static NodeFacts reaching(Node node, Reach reach) {
        Map<String, Reach> reached = new LinkedHashMap<>(good(node).get(CHECK.reach(node, BOTH)));
        reached.put("10.77.0.2:7789", reach);
        return good(node).with(CHECK.reach(node, BOTH), reached);
    }

    private static List<String> notes(NodeFacts... nodes) throws StepFailure {
        return CHECK.plan(cluster(nodes)).notes();
    }

    @Test
    void reportsNoFindingsAndPlansNothingOnGoodNodes() throws StepFailure {
        Plan plan = CHECK.plan(cluster(good(SV1), good(SV2)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).isEmpty();
        assertThat(report(CHECK, good(SV1), cluster(good(SV1), good(SV2))))
                .containsEntry("reachable", true)
                .containsEntry("uname", "sv1")
                .containsEntry("distribution", "Debian GNU/Linux 12 (bookworm)")
                .containsEntry("modules", Map.of("drbd", "loaded", "ocfs2", "available"))
                .containsEntry("clockOffsetSeconds", 0.0)
                .containsEntry("ports", Map.of("10.77.0.2:7789", "refused", "10.77.0.2:7777", "refused"))
                .containsEntry("findings", List.of());
    }

    @Test
    void saysWhatHappensOnALossOfThePeer() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(true, "Primary", "Primary")
                .with("fencing devices", "sv1\nsv2\n")
                .on(SV1, "last fencing", "1766000000 r0 sv2 failed sv2 is not fenced (try 3)\n")
                .change(
                        "drbd resource r0",
                        dump -> dump.replace(
                                "dump }\nadjusting",
                                "dump disk { fencing resource-and-stonith; }\ndump handlers { fence-peer \"/usr/local/sbin/drbd-fence-peer\"; }\ndump }\nadjusting"))
                .change(SV1, "sv1: drbd state", state -> state.replace("suspended:no", "suspended:fencing")
                        .replace("connection:Connected role:Primary", "connection:Connecting role:Unknown"));
        ClusterFacts facts = nodes.collectFacts(CHECK, BOTH, (node, probes) -> {});
        assertThat(CHECK.plan(facts).notes())
                .contains("onPeerLoss of 'r0' is 'fence' on sv1, sv2")
                .anyMatch(
                        note -> note.startsWith("warning: sv1: the I/O of 'r0' is suspended, and waits for sv2 to be"))
                .anyMatch(
                        note -> note.contains("the last fencing of sv2, at 2025-12-17T19:33:20Z, failed: sv2 is not"));
        assertThat(report(CHECK, facts.node("sv1"), facts).get("peerLoss").toString())
                .startsWith("{r0={onPeerLoss=fence, waitsFor=sv2 to be fenced");
    }

    @Test
    void readsTheClockAloneAndLast() {
        ClusterFacts first = cluster(answered(SV1), ProbeOutcome.failed(SV2, "gone."));

        assertThat(CHECK.probes(SV1, BOTH, new ClusterFacts(List.of())).probes())
                .doesNotContain(SystemProbes.CLOCK);
        assertThat(CHECK.probes(SV1, BOTH, first).probes()).containsExactly(SystemProbes.CLOCK);
        assertThat(CHECK.probes(SV2, BOTH, first).isEmpty()).isTrue();
        assertThat(CHECK.probes(SV1, BOTH, cluster(good(SV1))).isEmpty()).isTrue();
    }

    @Test
    void reportsAllFaultsTogether() {
        Node sv3 = new Node("sv3", "h3", 22, "10.77.0.3");
        List<Node> three = List.of(SV1, SV2, sv3);
        NodeFacts wrong = good(SV1, three)
                .with(NodeIdentity.PROBE, new NodeIdentity("other", 1000, "6.1"))
                .with(SystemProbes.module("drbd"), Module.MISSING);
        NodeFacts off = good(SV2, three).with(SystemProbes.CLOCK, 1100.0);

        assertThat(refusal(CHECK, wrong, off, ProbeOutcome.failed(sv3, "Cannot reach sv3: refused.")))
                .contains("sv1: `uname -n` at 127.0.0.1 port 2201 says 'other', not 'sv1'.")
                .contains("sv1: scripts run there as user id 1000, not as root.")
                .contains("sv1: its kernel 6.1 has no module drbd.")
                .contains("sv2: its clock differs from that of sv1 by 100.0 s.")
                .contains("sv3: Cannot reach sv3: refused.");
    }

    @Test
    void unreachableNodeHasAFinding() {
        NodeFacts lost = ProbeOutcome.failed(SV2, "Cannot reach sv2: refused.");

        assertThat(report(CHECK, lost, cluster(good(SV1), lost)))
                .containsEntry("reachable", false)
                .extractingByKey("findings", LIST)
                .containsExactly(Map.of("level", "fault", "finding", "Cannot reach sv2: refused"));
    }

    @Test
    void doesNotReportPortsOfAnUnreachableNode() {
        assertThat(refusal(CHECK, reaching(SV1, Reach.TIMEOUT), ProbeOutcome.failed(SV2, "Gone.")))
                .isEqualTo("sv2: Gone.");
    }

    @Test
    void filteredPortIsAFault() {
        assertThat(refusal(CHECK, reaching(SV1, Reach.TIMEOUT), good(SV2)))
                .startsWith("sv1: it does not reach sv2 at 10.77.0.2, port 7789: no answer in 4 s.");
        assertThat(refusal(CHECK, reaching(SV1, Reach.NO_ROUTE), good(SV2))).contains("no route, or rejected");
    }

    @Test
    void openPortIsNoFinding() throws StepFailure {
        assertThat(notes(reaching(SV1, Reach.OPEN), good(SV2))).isEmpty();
    }

    @Test
    void portThatCannotBeTestedIsANote() throws StepFailure {
        assertThat(notes(good(SV1).with(CHECK.reach(SV1, BOTH), Map.of()), good(SV2)))
                .singleElement()
                .asString()
                .startsWith("sv1: whether it reaches sv2 at 10.77.0.2, port 7789, 7777 could not be tried");
    }

    @Test
    void addressOfAnotherMachineIsAFault() {
        assertThat(refusal(CHECK, good(SV1), good(SV2).with(NetworkProbes.ADDRESSES, Set.of("127.0.0.1", "10.77.0.9"))))
                .isEqualTo("sv2: its replication address 10.77.0.2 is not one of its addresses (10.77.0.9). Set the "
                        + "node's address with `address` in the list of nodes.");
    }

    @Test
    void namesLoopbackAndDuplicateAddressesAreFaults() {
        Node name = new Node("a", "a.example", 22, "a.example");
        Node loop = new Node("b", "127.0.0.1", 22, "127.0.0.1");
        Node same = new Node("c", "127.0.0.1", 23, "127.0.0.1");
        List<Node> nodes = List.of(name, loop, same);

        assertThat(refusal(CHECK, good(name, nodes), good(loop, nodes), good(same, nodes)))
                .contains("a: its replication address 'a.example' is not an IP address")
                .contains("b: its replication address 127.0.0.1 is not reachable from other nodes")
                .contains("c: its replication address 127.0.0.1 is also that of b");
    }

    @Test
    void acceptsAnAddressInAnotherNotation() throws StepFailure {
        Node six = new Node("six", "h", 22, "2001:DB8::1");

        assertThat(NetworkProbes.canonical("2001:db8:0:0:0:0:0:1")).isEqualTo(NetworkProbes.canonical("2001:DB8::1"));
        assertThat(CHECK.plan(cluster(
                                good(six, List.of(six)).with(NetworkProbes.ADDRESSES, Set.of("2001:db8:0:0:0:0:0:1"))))
                        .notes())
                .isEmpty();
    }

    @Test
    void clockDifferenceIsAWarningOrAFault() throws StepFailure {
        assertThat(notes(good(SV1), good(SV2).with(SystemProbes.CLOCK, 1003.0)))
                .containsExactly(
                        "warning: sv2: its clock differs from that of sv1 by 3.0 s. Synchronise both with a time server");
        assertThat(refusal(CHECK, good(SV1), good(SV2).with(SystemProbes.CLOCK, 969.0)))
                .contains("by 31.0 s");
        assertThat(notes(good(SV1), good(SV2).with(SystemProbes.CLOCK, 1000.9))).isEmpty();
        assertThat(notes(good(SV1), good(SV2).with(SystemProbes.CLOCK, Double.NaN)))
                .containsExactly("sv2: its clock could not be read");
    }

    @Test
    void ignoresNetworkLatencyInTheClockDifference() throws StepFailure {
        NodeFacts slow = good(SV2)
                .with(ProbeOutcome.PROBE, ProbeOutcome.answered(1000, 1020, 0))
                .with(SystemProbes.CLOCK, 1018.0);

        assertThat(notes(good(SV1), slow)).isEmpty();
    }

    @Test
    void missingToolsAreNotes() throws StepFailure {
        assertThat(notes(good(SV1).with(ClusterCheck.TOOLS, Set.of()), good(SV2)))
                .hasSize(3)
                .allMatch(note -> note.startsWith("sv1: "))
                .anyMatch(note -> note.contains("drbdInstall"));
    }

    @Test
    void kernelWithoutOcfs2IsAFaultOnlyIfItsToolsAreInstalled() throws StepFailure {
        NodeFacts without = good(SV1).with(SystemProbes.module("ocfs2"), Module.MISSING);

        assertThat(refusal(CHECK, without, good(SV2))).contains("has no module ocfs2");
        assertThat(notes(without.with(ClusterCheck.TOOLS, Set.of("drbdadm", "lvcreate")), good(SV2)))
                .anyMatch(note -> note.startsWith("warning: sv1: its kernel") && note.contains("ocfs2"));
    }

    @Test
    void moduleFromAPackageIsANote() throws StepFailure {
        NodeFacts ubuntu = good(SV1)
                .with(OsRelease.PROBE, new OsRelease("ubuntu", List.of("debian"), "Ubuntu 24.04"))
                .with(SystemProbes.module("drbd"), Module.MISSING);

        assertThat(notes(ubuntu, good(SV2))).singleElement().asString().contains("linux-modules-extra-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "99999", "http", "-1", "7789;reboot", "77.89"})
    void refusesInvalidPorts(String ports) {
        assertThatThrownBy(() -> new ClusterCheck(ports).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("ports must ");
    }
}
