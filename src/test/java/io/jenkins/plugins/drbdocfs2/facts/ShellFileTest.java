package io.jenkins.plugins.drbdocfs2.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.Script;
import org.junit.jupiter.api.Test;

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
    void passesParametersUnchanged() throws Exception {
        String script =
                ShellFile.with("printf '%s|' \"$@\"\n", "-e", "", "it's", "$(id) `id` \\ \"", "two\nlines", "*");
        assertThat(new LocalShell("sv1").run(Script.of(script)).stdout())
                .isEqualTo("-e||it's|$(id) `id` \\ \"|two\nlines|*|");
    }
}
