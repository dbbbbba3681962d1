package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterRebootTest {
    private static final ClusterReboot REBOOT = new ClusterReboot(60);

    private static SimulatedNodes nodes(String... roles) {
        return SimulatedNodes.running(roles[1].equals("Primary"), roles);
    }

    private static SimulatedNodes mounted(SimulatedNodes nodes, String fstab) {
        return nodes.with(
                        "mounts",
                        SimulatedNodes.mount("98:0", "/dev/root", "ext4", "/")
                                + SimulatedNodes.mount("147:0", "/dev/drbd0", "ocfs2", "/srv/data"))
                .with("file /etc/fstab", "644\n/dev/root / ext4 defaults 0 1\n" + fstab)
                .change(
                        "drbd devices",
                        text -> text.replace(
                                "resource r0 {\n", "resource r0 {\nstartup { become-primary-on both; }\n"));
    }

    private static void refused(SimulatedNodes nodes, String message) {
        assertThatThrownBy(() -> nodes.plan(REBOOT, List.of(SV1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void rebootsOneNodeAfterTheOther() throws Exception {
        Plan plan = nodes("Secondary", "Secondary").plan(REBOOT, BOTH);
        assertThat(plan.stages().stream().map(Plan.Stage::title))
                .containsExactly(
                        "reboot sv1", "wait until sv1 is as before", "reboot sv2", "wait until sv2 is as before");
        assertThat(plan.idempotent()).isFalse();
        String fstab = "/dev/drbd0 /srv/data ocfs2 _netdev 0 0\n";
        assertThat(mounted(nodes("Primary", "Primary"), fstab)
                        .plan(REBOOT, List.of(SV2))
                        .stages())
                .hasSize(2);
    }

    @Test
    void refusesANodeWhoseDataOrServiceTheOthersLack() {
        refused(nodes("Primary", "Secondary"), "'r0' is Primary only there");
        refused(
                nodes("Secondary", "Secondary")
                        .change(
                                SV1,
                                "sv1: drbd state",
                                state -> state.replace("peer-disk:UpToDate", "peer-disk:Inconsistent")),
                "'r0' is not connected and UpToDate on all of its nodes");
        refused(
                nodes("Secondary", "Secondary").with("drbd state", "what\n").on(SV1, "drbd state", "what\n"),
                "state of DRBD is unknown");
    }

    @Test
    void refusesANodeThatWouldNotComeBackAsItIs() {
        refused(nodes("Primary", "Primary"), "has no become-primary-on");
        refused(mounted(nodes("Primary", "Primary"), ""), "/etc/fstab does not mount it at boot");
        refused(
                mounted(nodes("Primary", "Primary"), "/dev/drbd0 /srv/data ocfs2 noauto 0 0\n"),
                "/etc/fstab does not mount it at boot");
        refused(
                nodes("Secondary", "Secondary").with("service drbd", "disabled\n=\ninactive\n"),
                "service drbd is not enabled");
    }

    @Test
    void waitsUntilEachLineOfTheStateIsBack() throws Exception {
        Change.Await await = new NodeState(Set.of("resource name:r0 role:Primary", "mount /dev/drbd0 at /srv"))
                .awaitOn("sv1", Duration.ofSeconds(9));
        Change.Watch watch = await.watch().start(line -> {});
        assertThat(watch.line("resource name:r0 role:Secondary")).isFalse();
        assertThat(watch.line("= end")).isFalse();
        assertThat(watch.last()).contains("mount /dev/drbd0 at /srv", "role:Primary");
        for (String line : List.of("mount /dev/drbd0 at /srv", "resource name:r0 role:Primary", "resource name:new")) {
            assertThat(watch.line(line)).isFalse();
        }
        assertThat(watch.line("= end")).isTrue();
    }
}
