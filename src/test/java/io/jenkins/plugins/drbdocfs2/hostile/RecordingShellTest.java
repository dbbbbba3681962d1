package io.jenkins.plugins.drbdocfs2.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the recorders detect scripts that do not quote. */
class RecordingShellTest {
    @TempDir
    private Path directory;

    private RecordingShell shell;

    @BeforeEach
    void makeShell() {
        shell = new RecordingShell(directory);
    }

    private List<List<String>> run(List<String> sh, String script) {
        return shell.run(sh, script, Map.of());
    }

    @Test
    void recordsAProgramThatRunsBecauseOfAMissingQuote() {
        for (List<String> sh : RecordingShell.shells()) {
            for (String text :
                    List.of("$(canary)", "`canary`", ";canary;", "\ncanary\n", "|canary", "&canary&", "&&canary")) {
                assertThat(run(sh, "ls x" + text)).as("%s in %s", text, sh).contains(List.of(HostileText.CANARY));
            }
        }
    }

    @Test
    void recordsAQuotedTextAsOneWord() {
        for (List<String> sh : RecordingShell.shells()) {
            for (String text : HostileText.all()) {
                if (!text.contains("\0") && StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                    assertThat(run(sh, "ls " + Sh.quote("x" + text)))
                            .as("%s in %s", text, sh)
                            .containsExactly(List.of("ls", "x" + text));
                }
            }
        }
    }

    @Test
    void findsAFileCreatedBecauseOfAMissingQuote() {
        for (List<String> sh : RecordingShell.shells()) {
            run(sh, "ls x>stray");
            assertThat(shell.strayFiles()).containsExactly("stray");
        }
    }

    @Test
    void recordsAnUnquotedTextAsSeveralWords() {
        for (List<String> sh : RecordingShell.shells()) {
            assertThat(run(sh, "ls x -e canary")).containsExactly(List.of("ls", "x", "-e", "canary"));
            assertThat(run(sh, "no-such-program x"))
                    .allSatisfy(words -> assertThat(words.get(0)).startsWith("not found"));
        }
    }
}
