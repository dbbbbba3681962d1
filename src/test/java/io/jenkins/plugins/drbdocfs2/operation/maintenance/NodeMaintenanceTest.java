package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodeMaintenanceTest {
    private static final NodeMaintenanceBegin BEGIN = new NodeMaintenanceBegin("sv2", 60, List.of());
    private static final NodeMaintenanceEnd END = new NodeMaintenanceEnd("sv2", 60, false);
    private static final String IN_STEP =
            "connection name:r0 conn-name:peer connection:Connected\ndevice name:r0 volume:0 disk:UpToDate\n";
    private static final String SERVING =
            IN_STEP + "mount /dev/drbd0 at /srv/data\nmount /dev/drbd1 at /srv/data/more\n"
                    + "o2cb cluster ocfs2 online\nresource name:r0 role:Primary\n";
    private static final String FILE = "file " + NodeState.PATH;

    private static SimulatedNodes nodes(String role, String state) {
        return SimulatedNodes.running(true, "Primary", role)
                .change(
                        "drbd devices",
                        text -> text.replace("resource r0 {\n", "resource r0 {\nstartup { become-primary-on both; }\n"))
                .with("node state", state)
                .with(FILE, "");
    }

    @Test
    void takesTheNodeOutOfServiceAfterWritingDownWhatToBringBack() throws Exception {
        assertThat(planned(missingFile(nodes("Primary", SERVING)).plan(BEGIN, List.of(SV2)), SV2))
                .containsExactly(
                        "write " + NodeState.PATH,
                        "umount /srv/data/more",
                        "umount /srv/data",
                        "drbdadm secondary r0",
                        "systemctl stop o2cb");
    }

    @Test
    void continuesAnInterruptedBeginWithTheStateThatItHasWritten() throws Exception {
        SimulatedNodes half =
                nodes("Primary", IN_STEP + "resource name:r0 role:Primary\n").with(FILE, "600\n" + SERVING);
        assertThat(planned(half.plan(BEGIN, List.of(SV2)), SV2)).containsExactly("drbdadm secondary r0");
    }

    @Test
    void bringsBackWhatIsMissing() throws Exception {
        SimulatedNodes out =
                nodes("Secondary", "resource name:r0 role:Secondary\n").with(FILE, "600\n" + SERVING);
        assertThat(planned(out.plan(END, List.of(SV2)), SV2))
                .containsExactly(
                        "systemctl restart o2cb",
                        "wait for DRBD, OCFS2 and the mounts to be as before",
                        "drbdadm primary r0",
                        "mount /srv/data",
                        "mount /srv/data/more",
                        "wait for DRBD, OCFS2 and the mounts to be as before",
                        "remove " + NodeState.PATH);
        SimulatedNodes rebooted = nodes("Primary", SERVING).with(FILE, "600\n" + SERVING);
        assertThat(planned(rebooted.plan(END, List.of(SV2)), SV2))
                .containsExactly("wait for DRBD, OCFS2 and the mounts to be as before", "remove " + NodeState.PATH);
        SimulatedNodes down = nodes("Secondary", "").with(FILE, "600\n" + SERVING);
        assertThat(planned(down.plan(END, List.of(SV2)), SV2)).contains("drbdadm adjust r0");
        assertThat(missingFile(nodes("Primary", SERVING))
                        .plan(END, List.of(SV2))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aRebootInMaintenanceWaitsForTheStateBefore() throws Exception {
        SimulatedNodes out =
                nodes("Secondary", "resource name:r0 role:Secondary\n").with(FILE, "600\n" + SERVING);
        var plan = out.plan(new ClusterReboot(60), List.of(SV2));
        var await = (io.jenkins.plugins.drbdocfs2.engine.Change.Await)
                plan.stages().get(1).changes().get(0);
        var watch = await.watch().start(line -> {});
        watch.line("= end");
        assertThat(watch.last()).contains("mount /dev/drbd0 at /srv/data");
    }

    @Test
    void refusesTheOnlyPrimary() {
        SimulatedNodes only = missingFile(SimulatedNodes.running(false, "Secondary", "Primary"));
        assertThatThrownBy(() -> only.plan(BEGIN, List.of(SV2)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'r0' is Primary only there");
        assertThatThrownBy(() -> new NodeMaintenanceBegin("sv3", 60, List.of()).check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new NodeMaintenanceBegin("sv2", 0, List.of()).check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
    }

    private static SimulatedNodes single() {
        return missingFile(SimulatedNodes.running(false, "Secondary", "Primary"))
                .with("node state", IN_STEP + "resource name:r0 role:Primary\n")
                .on(SV2, "mounts", SimulatedNodes.mount("147:0", "/dev/drbd0", "ext4", "/srv/data"));
    }

    private static Object found(SimulatedNodes simulated, Operation operation, List<Node> nodes, String key)
            throws Exception {
        ClusterFacts facts = simulated.collectFacts(operation, nodes, (node, probes) -> {});
        return operation.report(new Findings(facts, null, Map.of())).whole().get(key);
    }

    @Test
    void findsTheServiceThatRunsOnTheNodeOnlyAndWhoCanTakeItOver() throws Exception {
        assertThat(found(single(), new NodeServices("sv2"), BOTH, NodeServices.SERVICES))
                .isEqualTo(List.of(Map.of("resource", "r0", "mountPoint", "/srv/data", "to", "sv1")));
        assertThat(found(single(), new NodeServices("sv1"), BOTH, NodeServices.SERVICES))
                .isEqualTo(List.of());
        SimulatedNodes dual = missingFile(SimulatedNodes.running(true, "Secondary", "Primary"));
        assertThat(found(dual, new NodeServices("sv2"), BOTH, NodeServices.SERVICES))
                .isEqualTo(List.of());
    }

    @Test
    void bringsTheNodeBackBeforeItsServicesAndEndsAfterThem() throws Exception {
        String idle = IN_STEP + "resource name:r0 role:Secondary\n";
        MovedService service = new MovedService("r0", "/srv/my data");
        NodeState before = new NodeState(idle.lines().collect(Collectors.toSet()));
        assertThat(before.text(List.of(service))).endsWith("moved r0 at /srv/my\\040data\n");
        SimulatedNodes out = nodes("Secondary", idle).with(FILE, "600\n" + before.text(List.of(service)));
        assertThat(planned(out.plan(END, List.of(SV2)), SV2))
                .containsExactly("wait for DRBD, OCFS2 and the mounts to be as before");
        assertThat(planned(out.plan(new NodeMaintenanceEnd("sv2", 60, true), List.of(SV2)), SV2))
                .containsExactly("remove " + NodeState.PATH);
        assertThat(found(out, END, List.of(SV2), NodeMaintenanceEnd.MOVED))
                .isEqualTo(List.of(Map.of("resource", "r0", "mountPoint", "/srv/my data")));
    }

    private static SimulatedNodes missingFile(SimulatedNodes nodes) {
        return nodes.with(FILE, "");
    }
}
