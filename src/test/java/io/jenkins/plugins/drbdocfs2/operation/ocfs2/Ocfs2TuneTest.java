package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ocfs2Tune and ocfs2Check. */
class Ocfs2TuneTest {
    private static final Operation TUNE = new Ocfs2Tune("/dev/drbd0", 3, "neu");
    private static final Operation CHECK = new Ocfs2Check("/dev/drbd0", false);

    private static SimulatedNodes nodes() {
        return SimulatedNodes.running(true, "Primary", "Primary")
                .with("device /dev/drbd0", SimulatedNodes.device("/dev/drbd0", "147:0", "readable\n", "TYPE=ocfs2\n"))
                .with(
                        "ocfs2 volume ",
                        Recorded.text("ocfs2/volume-mounted.txt").replaceAll("(?m)^\\s+\\d+\\s+\\d+\n", ""))
                .with("o2cb state", Recorded.text("ocfs2/o2cb-state.txt"));
    }

    private static void refused(Operation operation, SimulatedNodes nodes, String... messages) {
        assertThatThrownBy(() -> nodes.plan(operation, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void changesWhatDiffersOnOneNode() throws Exception {
        assertThat(planned(nodes().plan(TUNE, BOTH), SV1))
                .containsExactly("tunefs.ocfs2 --label neu --node-slots 3 /dev/drbd0");
        assertThat(nodes().plan(new Ocfs2Tune("/dev/drbd0", 2, null), BOTH).isEmpty())
                .isTrue();
    }

    @Test
    void refusesAFilesystemThatIsMountedAndTellsAllMounts() {
        SimulatedNodes mounted = nodes();
        BOTH.forEach(node -> mounted.on(
                node, "mounts", SimulatedNodes.mount("147:0", "/dev/drbd0", "ocfs2", "/mnt/" + node.name())));
        for (Operation operation : List.of(TUNE, CHECK)) {
            refused(operation, mounted, "mounted at /mnt/sv1", "mounted at /mnt/sv2");
        }
    }

    @Test
    void refusesAFilesystemThatAnotherNodeMayHaveMounted() {
        SimulatedNodes held = nodes().with(
                        "ocfs2 volume ",
                        Recorded.text("ocfs2/volume-mounted.txt").replace("    1       1", "    1       7"));
        refused(TUNE, held, "says that it is mounted by node 7");
        refused(CHECK, held, "says that it is mounted by node 7");
    }

    @Test
    void refusesWithoutItsCluster() {
        refused(TUNE, nodes().with("o2cb state", ""), "is not online there");
        refused(
                CHECK,
                nodes().with(
                                "device /dev/drbd0",
                                SimulatedNodes.device("/dev/drbd0", "147:0", "readable\n", "TYPE=xfs\n")),
                "/dev/drbd0 holds no OCFS2 filesystem");
    }

    @Test
    void findingsAreData() {
        FsckOutput output = FsckOutput.parse("Checking OCFS2 filesystem in /dev/drbd0:\n"
                + "[DX_TREE_MISSING] Directory 10 is missing index. Rebuild? n\n"
                + "pass1: Directory entry not found while looking up truncate log inode 38\n"
                + "[INODE_COUNT] Inode 39 has a link count of 1. Update the count on disk to match? n\n= 0\n");
        assertThat(output.isClean()).isFalse();
        assertThat(output.findings())
                .containsExactly(
                        Map.of("code", "", "text", "Directory entry not found while looking up truncate log inode 38"),
                        Map.of(
                                "code",
                                "INODE_COUNT",
                                "text",
                                "Inode 39 has a link count of 1. Update the count on disk to match?"));
        assertThat(output.ignored()).containsExactly("Directory 10 is missing index. Rebuild?");
        assertThat(FsckOutput.parse("[INODE_COUNT] x? n\n= 0\nfsck\n[INODE_COUNT] x? <y> y\n= 1\nfsck\n= 0\n")
                        .isClean())
                .isTrue();
        assertThat(FsckOutput.parse("cut off").isClean()).isFalse();
    }

    /** fsck.sh with an fsck.ocfs2 that asks two questions and keeps the answers; its exit code and the findings left. */
    private static String fsck(Path directory, boolean broken, String repair) throws Exception {
        Path tool = directory.resolve("fsck.ocfs2");
        Files.writeString(
                tool,
                """
                #!/bin/bash
                cd '%s'
                ask() { if [ "$2" = -n ]; then echo "[$1] Really? n"; else printf '[%%s] Really? <y> ' "$1"; read -r -n 1 a; echo "$a"; printf %%s "$a" >> answers; fi; }
                ask DX_TREE_MISSING $2
                if [ -e broken ]; then ask INODE_COUNT $2; [ "$2" = -n ] || rm broken; fi
                """
                        .formatted(directory));
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Files.deleteIfExists(directory.resolve("answers"));
        if (broken) {
            Files.writeString(directory.resolve("broken"), "");
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", ShellFile.with(ShellFile.read(Ocfs2Check.class, "fsck.sh"), "/dev/x", repair))
                .redirectErrorStream(true);
        builder.environment().merge("PATH", directory + ":", (old, more) -> more + old);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + FsckOutput.parse(output).findings().size();
    }

    @Test
    void repairAnswersAllQuestionsExceptThatForAnIndex(@TempDir Path directory) throws Exception {
        assertThat(fsck(directory, true, "")).isEqualTo("0 1");
        assertThat(fsck(directory, true, "repair")).isEqualTo("1 0");
        assertThat(Files.readString(directory.resolve("answers"))).isEqualTo("ny");
        assertThat(fsck(directory, false, "repair")).isEqualTo("0 0");
        assertThat(directory.resolve("answers")).doesNotExist();
    }

    @Test
    void runsOnTheFirstNodeThatCanWrite() throws Exception {
        SimulatedNodes second = nodes().change(
                        SV1,
                        "sv1: drbd state",
                        state -> state.replace("role:Primary suspended", "role:Secondary suspended"));
        assertThat(planned(second.plan(CHECK, BOTH), SV2)).containsExactly("fsck.ocfs2 -f -n /dev/drbd0");
    }
}
