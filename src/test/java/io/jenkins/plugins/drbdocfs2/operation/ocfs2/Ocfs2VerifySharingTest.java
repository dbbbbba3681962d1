package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.MNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ROOT_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.drbd0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.formatted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ocfs2VerifySharingTest {
    private static final Ocfs2VerifySharing VERIFY = new Ocfs2VerifySharing(MNT, 3, 1, "abc");

    @TempDir
    private Path shared;

    /** The exit code and outputs of a run of the script. */
    private record RunResult(int exitCode, String stdout, String stderr) {}

    private static Process start(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-s").start();
        process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return process;
    }

    private static RunResult end(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new RunResult(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String script(Path directory, String self, int rounds, int writers, int patience) {
        return SharingScript.of(
                directory + "/.verify-1", self, List.of("sv1", "sv2", "sv3"), rounds, writers, patience);
    }

    @Test
    void nodesReadTheFilesOfTheOthersAndLeaveNothingBehind() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String node : List.of("sv1", "sv2", "sv3")) {
            processes.add(start(script(shared, node, 2, 3, 30)));
        }

        for (Process process : processes) {
            RunResult ran = end(process);
            assertThat(ran.stderr()).isEmpty();
            assertThat(ran.exitCode()).isZero();
            assertThat(Latencies.of(ran.stdout(), "write ").count()).isEqualTo(6);
            assertThat(Latencies.of(ran.stdout(), "read ").count()).isEqualTo(12);
        }
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void namesTheNodeWhoseFileIsMissing() throws Exception {
        Path one = Files.createDirectory(shared.resolve("one"));
        Path other = Files.createDirectory(shared.resolve("other"));
        Process first = start(script(one, "sv1", 1, 1, 1));
        Process second = start(script(other, "sv2", 1, 1, 1));

        assertThat(end(first).stderr()).contains("sv1 does not see the file here.sv2 of sv2");
        assertThat(end(second).stderr()).contains("sv2 does not see the file here.sv1 of sv1");
        assertThat(one).isEmptyDirectory();
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void interruptedNodeRemovesTheDirectoryAndStopsTheOthers() throws Exception {
        Process first = start(script(shared, "sv1", 1, 1, 30));
        Process second = start(script(shared, "sv2", 1, 1, 30));
        while (!Files.exists(shared.resolve(".verify-1/here.sv1"))
                || !Files.exists(shared.resolve(".verify-1/here.sv2"))) {
            Thread.sleep(20);
        }

        first.toHandle().destroy(); // Process.destroy would close its streams too

        assertThat(end(second).stderr()).contains("sv2 stopped, because");
        assertThat(end(first).exitCode()).isEqualTo(143);
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void removesFilesOfAnInterruptedRunButNotOfARunningOne() throws Exception {
        Path leftOver = Files.createDirectory(shared.resolve(".verify-0"));
        Files.createFile(leftOver.resolve("here.sv1"));
        Path users = Files.createDirectory(shared.resolve("verify-0"));

        end(start(script(shared, "sv1", 1, 1, 0)));
        assertThat(shared).isDirectoryNotContaining(leftOver::equals);
        assertThat(users).exists();

        Process running = start(script(shared, "sv2", 1, 1, 30));
        while (!Files.exists(shared.resolve(".verify-1/here.sv2"))) {
            Thread.sleep(20);
        }
        Files.createDirectory(leftOver);
        end(start(script(shared, "sv1", 1, 1, 0)));
        running.toHandle().destroy();
        end(running);
        assertThat(leftOver).exists();
    }

    @Test
    void runsTheScriptOnAllNodesInParallelWithoutChange() throws StepFailure {
        Plan plan = VERIFY.plan(cluster(mounted(SV1), mounted(SV2)));

        assertThat(plan.stages()).singleElement().satisfies(stage -> assertThat(stage.byNode())
                .containsOnlyKeys("sv1", "sv2"));
        assertThat(plan.changes()).noneMatch(plan::changesNode);
        assertThat(plan.changes()).allMatch(change -> change.summary().contains(MNT + "/.ocfs2VerifySharing-abc"));
    }

    @Test
    void refusesAnUnmountedFilesystem() {
        assertThat(refusal(VERIFY, mounted(SV1), formatted(SV2)))
                .contains("sv2: nothing that could be shared is mounted at /mnt/shared", "clusterMount");
    }

    @Test
    void refusesASingleNodeFilesystem() {
        NodeFacts sv2 = mounted(SV2)
                .with(
                        StorageProbes.MOUNTS,
                        MountInfo.parse(ROOT_MOUNT + "60 21 147:0 / " + MNT + " rw - xfs /dev/drbd0 rw\n"));

        assertThat(refusal(VERIFY, mounted(SV1), sv2)).contains("sv2: xfs is mounted at /mnt/shared");
    }

    @Test
    void refusesAnotherVolumeOnANode() {
        NodeFacts sv2 =
                mounted(SV2).with(BlockDevice.probe(DRBD0), drbd0(true, Map.of("TYPE", "ocfs2", "UUID", "another")));

        assertThat(refusal(VERIFY, mounted(SV1), sv2))
                .contains("sv2: /dev/drbd0 at /mnt/shared is the filesystem another, not " + Ocfs2Nodes.UUID);
    }

    @Test
    void refusesAReadOnlyMount() {
        NodeFacts sv1 = mounted(SV1)
                .with(
                        StorageProbes.MOUNTS,
                        MountInfo.parse(ROOT_MOUNT + "60 21 147:0 / " + MNT + " ro,relatime - ocfs2 /dev/drbd0 ro\n"));

        assertThat(refusal(VERIFY, sv1, mounted(SV2))).contains("sv1: /mnt/shared is mounted read-only");
    }

    @Test
    void reportsLatencies() {
        String printed = "write 1 1 12\nread sv2 1 1 3\nwrite 2 1 10\nread sv2 2 1 9\nwrite 3 1 40\nread sv2 3 1 5\n";

        assertThat(VERIFY.report(new Findings(
                                cluster(mounted(SV1)), null, Map.of("sv1", List.of(Map.of("stdout", printed)))))
                        .nodes()
                        .get("sv1"))
                .containsEntry("filesWritten", 3)
                .containsEntry("filesRead", 3)
                .containsEntry("writeMillis", Map.of("min", 10L, "median", 12L, "max", 40L))
                .containsEntry("readMillis", Map.of("min", 3L, "median", 5L, "max", 9L));
    }

    @Test
    void refusesInvalidParameters() {
        assertThatThrownBy(() -> new Ocfs2VerifySharing(MNT, 0, 1, "a").check(BOTH))
                .hasMessageContaining("rounds");
        assertThatThrownBy(() -> new Ocfs2VerifySharing(MNT, 1, 65, "a").check(BOTH))
                .hasMessageContaining("writers");
        assertThatThrownBy(() -> VERIFY.check(List.of(SV1))).hasMessageContaining("two or more");
    }
}
