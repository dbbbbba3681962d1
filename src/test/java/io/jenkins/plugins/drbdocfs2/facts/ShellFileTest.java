package io.jenkins.plugins.drbdocfs2.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellFileTest {
    @Test
    void removesComments() {
        assertThat(ShellFile.read(SystemProbes.class, "service.sh").lines())
                .isNotEmpty()
                .noneMatch(line -> line.strip().startsWith("#"));
    }

    @Test
    void namesAMissingFile() {
        assertThatThrownBy(() -> ShellFile.read(SystemProbes.class, "none.sh"))
                .hasMessageContaining("none.sh")
                .hasMessageContaining("SystemProbes");
    }

    @Test
    void realPathIsThatOfReadlink(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of("/dev/null"));
        for (String path : List.of("/dev/null", "/dev/../dev/null", "//dev/null", "/dev/.", "/dev/none", "" + link)) {
            String script =
                    ShellFile.with(ShellFile.REAL_PATH + "real_path \"$1\"; echo \"$real\"; readlink -f \"$1\"", path);
            List<String> lines = new LocalShell("sv1")
                    .run(Script.of(script))
                    .stdout()
                    .lines()
                    .toList();
            assertThat(lines).as(path).hasSize(2);
            assertThat(lines.get(0)).as(path).isEqualTo(lines.get(1));
        }
    }

    @Test
    void passesParametersUnchanged() throws Exception {
        String script =
                ShellFile.with("printf '%s|' \"$@\"\n", "-e", "", "it's", "$(id) `id` \\ \"", "two\nlines", "*");
        assertThat(new LocalShell("sv1").run(Script.of(script)).stdout())
                .isEqualTo("-e||it's|$(id) `id` \\ \"|two\nlines|*|");
    }
}
