package io.jenkins.plugins.drbdocfs2.operation.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientStateTest {
    private static final String REFUSED =
            "r0: State change failed: (-18) In transient state, retry after next state change";

    // in place of the pauses
    private static final String SLEEP = "sleep() { echo slept; }\n";

    private int exitCode;
    private String errors;

    private List<String> run(String shell, String drbdadm) throws IOException, InterruptedException {
        return run(shell, "end=never\n", drbdadm);
    }

    private List<String> run(String shell, String begin, String drbdadm) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of(shell)), () -> shell + " is not on this machine");
        Command command = TransientState.retried(
                Command.of("sv1", "drbdadm", "disconnect", "r0").guard("[ \"$tries\" != \"$end\" ] || exit 0\n"));
        assertThat(command.summary()).isEqualTo("drbdadm disconnect r0");
        String script = SLEEP + begin + "drbdadm() { echo \"$@\"; " + drbdadm + "; }\n" + command.toRun();
        Process sh = new ProcessBuilder(
                        shell.endsWith("busybox") ? List.of(shell, "sh", "-c", script) : List.of(shell, "-c", script))
                .start();
        List<String> output =
                new String(sh.getInputStream().readAllBytes(), UTF_8).lines().toList();
        errors = new String(sh.getErrorStream().readAllBytes(), UTF_8);
        exitCode = sh.waitFor();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void repeatsACommandThatDrbdRefusesBecauseTheNodesConnect(String shell) throws Exception {
        String always = "echo '" + REFUSED + "' >&2; return 11";
        assertThat(run(shell, always)).hasSize(20 + 19).startsWith("disconnect r0", "slept", "disconnect r0");
        assertThat(exitCode).isEqualTo(11);
        assertThat(errors).isEqualTo(REFUSED + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void endsWithTheFirstSuccess(String shell) throws Exception {
        // the third call succeeds; each runs in a subshell, so a counter of the function would be lost
        String third = "[ $tries = 18 ] || { echo '" + REFUSED + "' >&2; return 11; }";
        assertThat(run(shell, third))
                .isEqualTo(List.of("disconnect r0", "slept", "disconnect r0", "slept", "disconnect r0"));
        assertThat(exitCode).isZero();
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void checksTheGuardAgainBeforeEachAttempt(String shell) throws Exception {
        assertThat(run(shell, "end=19\n", "echo '" + REFUSED + "' >&2; return 11"))
                .isEqualTo(List.of("disconnect r0", "slept"));
        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void reportsAnyOtherErrorAtOnce(String shell) throws Exception {
        assertThat(run(shell, "echo 'no such resource' >&2; return 10")).isEqualTo(List.of("disconnect r0"));
        assertThat(exitCode).isEqualTo(10);
        assertThat(errors).isEqualTo("no such resource\n");
    }
}
