package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.remote.RawText;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWriteScriptTest {
    private static final String NASTY = "it's $(touch x) `id` \\n \"q\"\n\ttab\n%s %d\n";

    @TempDir
    private Path dir;

    private final LocalShell shell = new LocalShell("sv1");

    private ScriptResult put(Path file, String before, String after) throws Exception {
        return shell.run(Script.of(FileWriteScript.of(new PutFile("sv1", file.toString(), before, after, "0600"))));
    }

    private void assertFileCount(Path folder, int files) throws Exception {
        try (var listing = Files.list(folder)) {
            assertThat(listing).hasSize(files);
        }
    }

    @Test
    void writesANewFileExactlyWithItsFolderAndPermissions() throws Exception {
        Path file = dir.resolve("new folder/it's.res");
        assertThat(put(file, null, NASTY).exitCode()).isZero();
        assertThat(file).hasContent(NASTY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertFileCount(file.getParent(), 1);
    }

    @Test
    void overwritesAnUnchangedFile() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), NASTY);
        assertThat(put(file, NASTY, "new").exitCode()).isZero();
        assertThat(file).hasContent("new");
        assertFileCount(dir, 1);
    }

    @Test
    void doesNotOverwriteAFileThatChangedAfterItWasRead() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "somebody else's");
        assertThat(put(file, "seen", "new").exitCode()).isEqualTo(FileWriteScript.NOT_AS_SEEN);
        assertThat(put(file, null, "new").exitCode()).isEqualTo(FileWriteScript.NOT_AS_SEEN);
        assertThat(file).hasContent("somebody else's");
    }

    @Test
    void removesOnlyAnUnchangedFile() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "seen");
        assertThat(put(file, "other", null).exitCode()).isEqualTo(FileWriteScript.NOT_AS_SEEN);
        assertThat(file).exists();
        assertThat(put(file, "seen", null).exitCode()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void writesThroughASymbolicLinkInsteadOfReplacingIt() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "seen");
        Path link = Files.createSymbolicLink(dir.resolve("link"), file);
        assertThat(put(link, "seen", "new").exitCode()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void keepsBytesThatAreNotUtf8() throws Exception {
        byte[] before = "# caf\u00e9\nUUID=1 / ext4\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(dir.resolve("fstab"), before);
        Probe<FileFact> probe = SystemProbes.file(file.toString());
        String seen = ProbeSet.of(probe).run(shell).get(probe).text();

        assertThat(put(file, seen, seen + "/dev/drbd0 /srv ocfs2\n").exitCode()).isZero();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo("# caf\u00e9\nUUID=1 / ext4\n/dev/drbd0 /srv ocfs2\n");
        assertThat(RawText.shown(seen)).isEqualTo("# caf\uFFFD\nUUID=1 / ext4\n");
    }
}
