package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFenceNodeTest {
    private static final String ON = "= status 0\nStatus: ON\n";
    private static final String KEEP_OFF = "file /run/drbd-ocfs2-steps/keep-off/sv2";
    private static final String OFF = "= status 2\nStatus: OFF\n";

    private static ClusterFenceNode action(String action) {
        return new ClusterFenceNode("sv2", action, false);
    }

    private static SimulatedNodes nodes(String... roles) {
        return SimulatedNodes.running(true, roles)
                .on(SV1, "fencing devices", "sv2\n")
                .on(SV2, "fencing devices", "sv1\n")
                .with("power of ", ON)
                .with(KEEP_OFF, "");
    }

    private static void refused(ClusterFenceNode operation, SimulatedNodes nodes, String message) {
        assertThatThrownBy(() -> nodes.plan(operation, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    private static UnaryOperator<String> lost() {
        return state -> state.replaceAll("connection:Connected role:\\w+", "connection:Connecting role:Unknown")
                .replace("replication:Established peer-disk:UpToDate", "replication:Off peer-disk:DUnknown");
    }

    @Test
    void anotherNodeThatHasTheDeviceSwitches() throws Exception {
        assertThat(planned(nodes("Primary", "Primary").plan(action("off"), BOTH), SV1))
                .containsExactly("write /run/drbd-ocfs2-steps/keep-off/sv2", "fence sv2: off");
        assertThat(planned(nodes("Primary", "Primary").plan(action("reboot"), BOTH), SV1))
                .containsExactly("fence sv2: reboot");
        assertThat(nodes("Primary", "Primary").plan(action("reboot"), BOTH).idempotent())
                .isFalse();
        assertThat(planned(nodes("Primary", "Primary").without(SV2).plan(action("off"), BOTH), SV1))
                .contains("fence sv2: off");
    }

    @Test
    void changesNothingIfThePowerIsAsRequested() throws Exception {
        for (String action : List.of("on", "status")) {
            assertThat(nodes("Primary", "Primary").plan(action(action), BOTH).isEmpty())
                    .isTrue();
        }
        SimulatedNodes off =
                nodes("Primary", "Primary").without(SV2).with("power of ", OFF).with(KEEP_OFF, "644\nx");
        Plan plan = off.plan(action("off"), BOTH);
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).containsExactly("sv2 is off");
        assertThat(off.plan(action("status"), BOTH).notes())
                .containsExactly("sv2 is off", "sv1 leaves sv2 off after fencing");
        assertThat(planned(off.plan(action("on"), BOTH), SV1))
                .containsExactly("remove /run/drbd-ocfs2-steps/keep-off/sv2", "fence sv2: on");
    }

    @Test
    void theHandlersOfTheOthersKnowWhatIsToStayOffAlsoIfThePowerIsAsRequested() throws Exception {
        SimulatedNodes nodes = nodes("Primary", "Primary").without(SV2).with("power of ", OFF);
        assertThat(planned(nodes.plan(action("off"), BOTH), SV1))
                .containsExactly("write /run/drbd-ocfs2-steps/keep-off/sv2");
        nodes.with("power of ", ON).with(KEEP_OFF, "644\nx");
        assertThat(planned(nodes.plan(action("on"), BOTH), SV1))
                .containsExactly("remove /run/drbd-ocfs2-steps/keep-off/sv2");
        assertThat(nodes.plan(action("status"), BOTH).notes().get(1)).contains("although sv2 is on");
    }

    @Test
    void aFailedSwitchLeavesTheHandlersAsTheyWere() throws Exception {
        Plan.Stage off =
                nodes("Primary", "Primary").plan(action("off"), BOTH).stages().get(1);
        assertThat(off.undo()).extracting(Change::summary).containsExactly("remove /run/drbd-ocfs2-steps/keep-off/sv2");
        SimulatedNodes kept = nodes("Primary", "Primary").with("power of ", OFF).with(KEEP_OFF, "644\nx");
        Plan.Stage on = kept.plan(action("on"), BOTH).stages().get(1);
        assertThat(on.undo()).extracting(Change::summary).containsExactly("write /run/drbd-ocfs2-steps/keep-off/sv2");
    }

    @Test
    void confirmsThePower() throws Exception {
        ClusterFacts on = nodes("Primary", "Primary").collectFacts(action("off"), BOTH, (node, probes) -> {});
        action("reboot").confirm(on);
        assertThatThrownBy(() -> action("off").confirm(on)).hasMessageContaining("sv2 says that it is on, not off");
    }

    @Test
    void refusesANodeThatMayHoldTheOnlyGoodData() throws Exception {
        SimulatedNodes stale = nodes("Secondary", "Primary")
                .change(SV1, "sv1: drbd state", state -> state.replace("disk:UpToDate size", "disk:Inconsistent size"));
        refused(action("reboot"), stale, "no other node that answers has UpToDate data of 'r0'");
        refused(
                action("off"),
                stale.without(SV2),
                "no other node that answers has UpToDate data of 'r0', and what sv2 has is not known");
        assertThat(planned(stale.plan(new ClusterFenceNode("sv2", "off", true), BOTH), SV1))
                .contains("fence sv2: off");
        assertThat(stale.plan(action("status"), BOTH).isEmpty()).isTrue();
    }

    @Test
    void refusesTheOnlyPrimaryThatIsNotConnected() {
        SimulatedNodes apart = nodes("Secondary", "Primary")
                .change(SV1, "sv1: drbd state", lost())
                .change(SV2, "sv2: drbd state", lost());
        refused(action("off"), apart, "sv2 is the only Primary of 'r0', and not connected (Connecting)");
    }

    @Test
    void refusesIfTheStateOfDrbdIsUnknown() {
        refused(
                action("off"),
                nodes("Primary", "Primary").on(SV1, "drbd state", "what\n"),
                "DRBD on sv1 cannot be read");
    }

    @Test
    void refusesWithoutAnotherNodeOrADevice() {
        refused(action("off"), nodes("Primary", "Primary").without(SV1), "no node but sv2 answers");
        refused(
                action("off"),
                nodes("Primary", "Primary").on(SV1, "fencing devices", ""),
                "no other node that answers has a fencing device for sv2");
        refused(
                action("off"),
                nodes("Primary", "Primary").with("power of ", "= status 1\nUnable to connect\n"),
                "the fencing device of sv2: status exited with code 1: Unable to connect");
    }

    @Test
    void checksItsParameters() {
        assertThatThrownBy(() -> action("cycle").check(BOTH)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new ClusterFenceNode("sv3", "off", false).check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
    }

    /** The script with an agent that records its input in the directory, and a device that obeys unless it is broken. */
    private static String run(Path directory, String action) throws Exception {
        Path agent = directory.resolve("fence_test");
        Files.writeString(
                agent,
                "#!/bin/sh\ncd '" + directory + "'\ncat > in; a=$(sed -n 's/^action=//p' in); cat in >> calls\n"
                        + "case $a in status) [ \"$(cat state)\" = on ] || exit 2;; *) [ -e broken ] || echo $a > state;; esac\n");
        assertThat(agent.toFile().setExecutable(true)).isTrue();
        Path file = directory.resolve("devices");
        Files.writeString(file, "wait=0\n[sv1]\nagent=false\n[sv2]\nagent=" + agent + "\nplug=2\npassword=s3c ret\n");
        Process process = new ProcessBuilder("sh", "-c", ClusterFenceNodePlan.script(file.toString(), "sv2", action))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + output.strip();
    }

    @Test
    void theScriptAsksTheDeviceAfterwards(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("state"), "on\n");
        assertThat(run(directory, "reboot")).isEqualTo("0");
        assertThat(Files.readString(directory.resolve("calls")).lines().filter(line -> line.startsWith("action=")))
                .containsExactly("action=off", "action=status", "action=on", "action=status");
        assertThat(Files.readString(directory.resolve("in"))).isEqualTo("plug=2\npassword=s3c ret\naction=status\n");
        Files.writeString(directory.resolve("broken"), "");
        assertThat(run(directory, "off")).isEqualTo("1after off, the agent's status exited with code 0, not 2 for off");
    }
}
