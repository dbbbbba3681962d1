package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The users of a device that /proc shows, read on this machine; a file takes the place of the device. */
@Timeout(30)
class DeviceUsersInProcTest {
    private static final String WITHOUT_XARGS = "command() { [ \"$2\" != xargs ]; }\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void create() throws Exception {
        file = Files.createFile(folder.toRealPath().resolve("device"));
    }

    private ScriptResult recheck(String before) throws InterruptedException {
        String check = ShellFile.read(DeviceRecheck.class, "device-recheck.sh") + "same_use "
                + Sh.quote(file.toString()) + " 0";
        return new LocalShell("sv1", before).run(Script.of(check), line -> {});
    }

    private static ScriptResult uses(String before) throws InterruptedException {
        return new LocalShell("sv1", before).run(Script.of(DeviceUses.PROBE.script()), line -> {});
    }

    @Test
    void refusesADeviceThatAProcessHasOpenedSinceTheCheck() throws Exception {
        assertThat(recheck("").exitCode()).isZero();
        Process holder =
                new ProcessBuilder("sleep", "1000").redirectInput(file.toFile()).start();
        try {
            ScriptResult refused = recheck("");
            assertThat(refused.exitCode()).isEqualTo(75);
            assertThat(refused.stderr())
                    .contains(file + " is now open in process " + holder.pid() + " (sleep); it was not changed");
        } finally {
            holder.destroy();
        }
    }

    @Test
    void takesNoDeviceForUnusedIfAProgramOfTheSearchIsMissing() throws Exception {
        ScriptResult refused = recheck(WITHOUT_XARGS);
        assertThat(refused.exitCode()).isEqualTo(75);
        assertThat(refused.stderr()).contains("without xargs it is unknown whether " + file + " is still unused");

        assertThat(uses("").stdout()).endsWith("end\n");
        for (String program : List.of("stat", "find", "grep")) {
            ScriptResult failed = uses("command() { [ \"$2\" != " + program + " ]; }\n");
            assertThat(failed.ok()).isFalse();
            assertThat(failed.stdout()).doesNotContain("end\n");
            assertThat(failed.stderr()).contains(program + ": not found");
        }
    }
}
