package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script on recorded superblocks, with a debugfs.ocfs2 that prints recorded output. */
class UnfinishedFilesystemTest {
    private static final Path RECORDED = Path.of("src/test/resources/recorded").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void findNoOcfs2() throws IOException {
        debugfs("/dev/null");
    }

    /** Replaces debugfs.ocfs2(8) by one that prints a file, with -R through a pager that is missing. */
    private void debugfs(String prints) throws IOException {
        Path tool = Files.writeString(
                folder.resolve("debugfs.ocfs2"),
                "#!/bin/sh\n[ \"$1\" != -R ] || exec no-such-pager\nexec cat " + Sh.quote(prints) + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private boolean isUnfinished(Path device) throws Exception {
        Probe<Boolean> probe = UnfinishedFilesystem.probe(device.toString());
        String path = "PATH=" + Sh.quote(folder.toString()) + ":$PATH\n";
        ScriptResult result = new LocalShell("sv1").run(Script.of(path + probe.script()), line -> {});
        return probe.parser().apply(new Reading(result.exitCode(), result.stdout()));
    }

    @Test
    void xfsIsUnfinishedIfItsSuperblockIsMarkedAsInProgress() throws Exception {
        assertThat(isUnfinished(RECORDED.resolve("xfs/superblock-in-progress.bin")))
                .isTrue();
        assertThat(isUnfinished(RECORDED.resolve("xfs/superblock.bin"))).isFalse();
    }

    @Test
    void ocfs2IsUnfinishedIfItsSlotMapIsEmpty() throws Exception {
        Path device = Files.writeString(folder.resolve("device"), "");
        debugfs(RECORDED.resolve("ocfs2/slot-map-cut-off.txt").toString());
        assertThat(isUnfinished(device)).isTrue();
        debugfs(RECORDED.resolve("ocfs2/slot-map.txt").toString());
        assertThat(isUnfinished(device)).isFalse();
    }

    @Test
    void unreadableFilesystemIsNotUnfinished() throws Exception {
        assertThat(isUnfinished(folder.resolve("absent"))).isFalse();
        assertThat(isUnfinished(Files.write(folder.resolve("zeros"), new byte[512])))
                .isFalse();
    }
}
