package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.support.ShellCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors name what keeps a script from starting: the login shell, sudo, or the shell that runs scripts. */
@Timeout(60)
class ScriptStartErrorsTest {
    private static final Duration SHORT = Duration.ofMillis(700);
    /** Enough to connect on a busy machine. */
    private static final Duration SOME = Duration.ofSeconds(4);

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final TestServer server = new TestServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** Sets a start file of the login shell, which runs before the command line. */
    private void startFile(String text) {
        server.sshd.setCommandFactory(
                (channel, command) -> new ShellCommand(text + "\n" + command, server.environment));
    }

    /** Replaces sudo. */
    private void sudo(String text) throws Exception {
        Path sudo = Files.writeString(directory.resolve("sudo"), "#!/bin/sh\n" + text + "\n");
        assertThat(sudo.toFile().setExecutable(true)).isTrue();
        server.environment.put("PATH", directory + ":" + System.getenv("PATH"));
    }

    private RemoteException failure(boolean sudo, boolean readOnly, Duration toConnect) {
        return failure(sudo, readOnly, toConnect, Script.DEFAULT_TIMEOUT);
    }

    private RemoteException failure(boolean sudo, boolean readOnly, Duration toConnect, Duration limit) {
        SshSettings settings =
                TestServer.settings().withConnectTimeout(toConnect).withSudo(sudo);
        Script any = Script.of("true").withTimeout(limit);
        Script script = readOnly ? any.asReadOnly() : any;
        try (SshRemote remote = new SshRemote(server.node(), TestServer.login(), HostKeys.none(), settings)) {
            RemoteException e = catchThrowableOfType(RemoteException.class, () -> remote.run(script));
            assertThat(e).as("it ran").isNotNull();
            assertThat(e).hasMessageContaining("sv1").hasMessageNotContaining(TestServer.PASSWORD);
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec cat > /dev/null",
                "read line; exec cat",
                "while :; do sleep 1; done",
                "while :; do echo loop; done",
                "exec sleep 1000"
            })
    void reportsAStartFileThatNeverReachesTheCommandInTime(String text) {
        startFile(text);
        for (boolean readOnly : new boolean[] {false, true}) {
            long begin = System.nanoTime();
            RemoteException e = failure(false, readOnly, LONG, SHORT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
            assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
            assertThat(e)
                    .hasMessageContaining("the script did not start within 700 ms")
                    .hasMessageContaining("start files (such as ~/.bashrc)");
        }
    }

    @Test
    void startFileThatReadsStandardInputGetsNeitherPasswordNorScript() throws Exception {
        Path read = directory.resolve("read");
        sudo("echo 'sudo: a password is required' >&2; [ \"$1\" = -n ] && exit 1; cat > /dev/null");
        // The first channel tries sudo without a password; on the second, the start file reads the input
        startFile("[ ! -e " + directory + "/first ] && touch " + directory + "/first || exec cat > " + read);
        RemoteException e = failure(true, false, SOME);
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(read).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void outputOfTheLoginShellIsNotReportedAsThatOfSudo(boolean sudo) {
        startFile("echo You are required to change your password immediately. >&2;"
                + " echo Password change required but no TTY available.; exit 1");
        RemoteException e = failure(sudo, false, LONG);
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(e)
                .hasMessageContaining("login shell")
                .hasMessageContaining("Password change required but no TTY available.")
                .hasMessageContaining("(exit code 1)")
                .hasMessageContaining("has expired on the node")
                .hasMessageNotContaining("sudo");
    }

    @ParameterizedTest
    @CsvSource({
        "'echo This account is currently not available.; exit 1', Give ops a login shell, not available",
        "exit 0, Check the user's login shell, It said: nothing (exit code 0)",
        "'exit 1', ForceCommand, It said: nothing (exit code 1)",
        "'exec 2> /dev/null', redirects, It said: nothing"
    })
    void reportsOutputAndExitCodeOfALoginShellThatEnds(String text, String remedy, String words) {
        startFile(text);
        RemoteException e = failure(true, false, SOME);
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(e).hasMessageContaining(remedy).hasMessageContaining(words).hasMessageNotContaining("sudo");
    }

    @Test
    void quotesSudoWithoutEarlierOutputOfTheLoginShell() throws Exception {
        startFile("echo Welcome to sv1; echo stty: not a terminal >&2");
        sudo("echo 'ops is not in the sudoers file.' >&2; exit 1");
        RemoteException e = failure(true, false, LONG);
        assertThat(e.kind()).isEqualTo(Kind.SUDO);
        assertThat(e)
                .hasMessageContaining("does not let ops run commands as root")
                .hasMessageContaining("sudo said: \"ops is not in the sudoers file.\" (exit code 1)")
                .hasMessageNotContaining("Welcome")
                .hasMessageNotContaining("stty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sudo: Account or password is expired, reset your password and try again | has expired on the node",
                "sudo: account validation failure, is your account locked? | has expired on the node",
                "sudo: PAM account management error: User account has expired | has expired on the node",
                "sudo: sorry, you must have a tty to run sudo | Defaults:ops !requiretty",
                "sudo: no tty present and no askpass program specified | does not run commands as root",
                "sudo: unable to open /etc/sudoers: No such file or directory | broken",
                "/etc/sudoers:3:12: syntax error | broken",
                "sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set | broken",
                "Sorry, user ops is not allowed to execute '/bin/sh' as root on sv1. | does not let ops run",
                "sudo: 3 incorrect password attempts | does not take the password"
            })
    void recognisesMessagesOfSudo(String words, String meaning) throws Exception {
        sudo("echo " + Sh.quote(words) + " >&2; exit 1");
        assertThat(failure(true, false, LONG)).hasMessageContaining(meaning).hasMessageContaining("sudo said: ");
    }

    @Test
    void reportsASudoThatDoesNotStartTheScriptInTime() throws Exception {
        sudo("echo 'Swipe your finger' >&2; exec sleep 1000");
        RemoteException e = failure(true, false, SOME);
        assertThat(e.kind()).isEqualTo(Kind.SUDO);
        assertThat(e)
                .hasMessageContaining("sudo did not start the script within 4 s")
                .hasMessageContaining("Swipe your finger");
    }

    @Test
    void waitsForASlowStartFile() throws Exception {
        startFile("echo hello; sleep 1; echo hello >&2");
        SshSettings settings = TestServer.settings();
        try (SshRemote remote = new SshRemote(server.node(), TestServer.login(), HostKeys.none(), settings)) {
            ScriptResult result = remote.run(Script.of("echo out; echo err >&2").withTimeout(Duration.ofSeconds(15)));
            assertThat(result.stdout()).isEqualTo("out\n");
            assertThat(result.stderr()).isEqualTo("err\n");
        }
    }
}
