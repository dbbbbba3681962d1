package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that ask a device, with a fence agent that prints what it got. */
class DeviceAnswerTest {
    private static final List<String> LINES = List.of("plug=2", "passwd=s3cr[.*t", "token=s3cr[.*t-and-more");

    @TempDir
    private Path directory;

    private Path agent;

    @BeforeEach
    void talkativeAgent() throws Exception {
        agent = directory.resolve("fence_test");
        Files.writeString(
                agent,
                "#!/bin/sh\nlines=$(cat)\necho \"unknown option '$(echo \"$lines\" | grep -E 'pass|token' | tr '\\n' ' ')'\" >&2\n"
                        + "case $lines in *action=status) exit 2;; *action=off) exit 1;; esac\n");
        assertThat(agent.toFile().setExecutable(true)).isTrue();
    }

    private static Probe.Reading run(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Probe.Reading(process.waitFor(), output);
    }

    private void checkMasked(String output) {
        assertThat(output)
                .doesNotContain("s3cr", "and-more")
                .contains("unknown option 'passwd=******** token=******** '");
    }

    @Test
    void theCheckOfADeviceShowsNoSecret() throws Exception {
        DeviceSpec device = DeviceSpec.of("sv2", "fence_test", "", null);
        String script = DeviceAnswer.checkScript(device, LINES, 5).replace("agent=fence_test", "agent=" + agent);
        Probe.Reading reading = run(script);
        checkMasked(reading.text());
        assertThat(reading.exitCode()).isEqualTo(2);
        DeviceAnswer answer = DeviceAnswer.probe(device, LINES, 5).parser().apply(reading);
        assertThat(answer.isOff()).isTrue();
        assertThat(answer.action()).isEqualTo("status");
    }

    @Test
    void theQuestionForThePowerShowsNoSecret() throws Exception {
        Path file = directory.resolve("devices");
        Files.writeString(file, "limit=8\n[sv2]\nagent=" + agent + "\n" + String.join("\n", LINES) + "\n");
        Probe.Reading reading =
                run(DeviceAnswer.powerOf("sv2").script().replace("/etc/drbd-fencing.conf", file.toString()));
        checkMasked(reading.text());
        assertThat(DeviceAnswer.powerOf("sv2").parser().apply(reading).isOff()).isTrue();
    }

    @Test
    void aFailedSwitchShowsNoSecret() throws Exception {
        Path file = directory.resolve("devices");
        Files.writeString(file, "[sv2]\nagent=" + agent + "\n" + String.join("\n", LINES) + "\n");
        Probe.Reading reading = run(ClusterFenceNodePlan.script(file.toString(), "sv2", "off"));
        checkMasked(reading.text());
        assertThat(reading.text()).startsWith("the agent's off exited with code 1: unknown option");
        assertThat(reading.exitCode()).isEqualTo(1);
    }
}
