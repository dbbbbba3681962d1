package io.jenkins.plugins.drbdocfs2.result;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The progress of a step on its way from the machine with the SSH connections to the one with the report. */
class StepProgressTest {
    private final RunningStep live = new RunningStep(
            "drbdWaitSync",
            Map.of("resource", "r0 secret"),
            false,
            List.of("sv1", "sv2"),
            text -> text.replace("secret", "***"));
    private final ProgressReader reader = new ProgressReader(live);
    private final StepResult result = new StepResult(
            "drbdWaitSync",
            Map.of(),
            false,
            List.of("sv1", "sv2"),
            text -> text.replace("secret", "***"),
            new ProgressWriter(reader));

    @SuppressWarnings("unchecked")
    private Map<String, Object> node(String name) {
        return (Map<String, Object>) ((Map<String, Object>) live.running().get("nodes")).get(name);
    }

    @Test
    void isEmptyBeforeTheFirstUpdate() {
        assertThat(live.begun())
                .containsExactly(
                        Map.entry("step", "drbdWaitSync"),
                        Map.entry("resource", "r0 ***"),
                        Map.entry("dryRun", false),
                        Map.entry("nodes", map("sv1", map(), "sv2", map())));
        assertThat(live.running()).containsEntry("running", true).containsEntry("changed", false);
    }

    @Test
    void showsCommandsAndFactsAtOnce() {
        NodeResult sv1 = result.node("sv1");
        sv1.found(Map.of("role", "Secondary"));
        sv1.doing("drbdadm primary r0 secret");
        assertThat(node("sv1"))
                .containsEntry("doing", "drbdadm primary r0 ***")
                .containsEntry("role", "Secondary")
                .containsEntry("changed", false);
        sv1.changed();
        sv1.command("drbdadm primary r0 secret", 0, "out secret", "", 12);
        assertThat(node("sv1")).doesNotContainKey("doing").containsEntry("changed", true);
        assertThat(node("sv1").toString()).contains("out ***").doesNotContain("secret");
        sv1.now(Map.of("role", "Primary", "progress", Map.of("percent", 12.5)));
        assertThat(node("sv1")).containsEntry("role", "Primary").containsEntry("progress", map("percent", 12.5));
        assertThat(node("sv2")).isEmpty();
        assertThat(live.running()).containsEntry("changed", true);
        assertThat(result.toMap(null).toString())
                .as("the result has no values that apply only while the step runs")
                .contains("role=Secondary", "out ***")
                .doesNotContain("progress", "doing", "secret");
    }

    @Test
    void stepWithoutResultKeepsItsProgress() {
        result.node("sv1").command("modprobe drbd", 0, "", "", 3);
        result.node("sv1").doing("drbdadm up r0");
        assertThat(live.aborted("Aborted by alice"))
                .containsEntry("aborted", true)
                .containsEntry("error", "Aborted by alice")
                .doesNotContainKey("running");
        assertThat(live.aborted("x").toString()).contains("modprobe drbd", "doing=drbdadm up r0");
        assertThat(live.failed("The agent is gone")).containsEntry("error", "The agent is gone");
    }

    @Test
    void truncatesLongOutputs() {
        for (int i = 0; i < 10; i++) {
            result.node("sv1").command("noise " + i, 0, "begin " + "x".repeat(200_000) + " end", "", 1);
        }
        assertThat(node("sv1").toString().length()).isBetween(20_000, 100_000);
        assertThat(node("sv1").toString()).contains("begin xxx", "characters left out", "xxx end", "noise 9");
    }

    @Test
    void ignoresInvalidUpdates() {
        send("nonsense\n{}\n[]\n{\"node\":\"sv1\",\"soFar\":[]}\n");
        send("{\"node\":\"sv9\",\"soFar\":{\"role\":\"Primary\"}}\n");
        send("{\"node\":\"sv1\",\"soFar\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n");
        send("{\"node\":\"sv1\",\"soFar\":{\"a\":\"" + "x".repeat(2_000_000) + "\"}}\n");
        assertThat(node("sv1")).isEmpty();
        assertThat(live.running().toString()).doesNotContain("sv9");
        send("{\"node\":\"sv1\",\"soFar\":{\"text\":\"[[[\\\"{\"}}\n");
        assertThat(node("sv1")).containsEntry("text", "[[[\"{");
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reader.write(bytes, 0, bytes.length);
    }

    @Test
    void brokenStreamDoesNotFailTheStep() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the agent is gone");
            }
        };
        new ProgressWriter(broken).node("sv1", map("role", "Primary"));
    }

    @Test
    void keepsAnInterrupt() {
        OutputStream interrupted = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new InterruptedIOException();
            }
        };
        new ProgressWriter(interrupted).node("sv1", map("role", "Primary"));
        assertThat(Thread.interrupted()).isTrue();
    }
}
