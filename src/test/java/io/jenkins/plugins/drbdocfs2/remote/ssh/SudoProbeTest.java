package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses a script instead of sudo that behaves like sudo. */
@Timeout(60)
class SudoProbeTest {
    @TempDir
    private Path directory;

    private final TestServer server = new TestServer();

    @BeforeEach
    void start() throws Exception {
        Path sudo = directory.resolve("sudo");
        try (InputStream text = SudoProbeTest.class.getResourceAsStream("sudo.sh")) {
            Files.copy(text, sudo);
        }
        Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
        server.environment.put("PATH", directory + ":" + System.getenv("PATH"));
        server.environment.put("SUDO_LOG", directory.resolve("log").toString());
        server.environment.put("SUDO_PASSWORD", TestServer.PASSWORD);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        // JUnit warns about symbolic links that point out of its directory
        Files.deleteIfExists(directory.resolve("bin").resolve("env"));
    }

    private SshRemote remote(String mode, Login login) {
        server.environment.put("SUDO_MODE", mode);
        return new SshRemote(
                server.node(), login, HostKeys.none(), TestServer.settings().withSudo(true));
    }

    private RemoteException failure(String mode, Login login) {
        try (SshRemote remote = remote(mode, login)) {
            RemoteException e = catchThrowableOfType(RemoteException.class, remote::connect);
            assertThat(e).as("it connected").isNotNull();
            assertThat(e.kind()).isEqualTo(Kind.SUDO);
            assertThat(e)
                    .hasMessageContaining("sv1")
                    .hasMessageContaining("sudo said: ")
                    .hasMessageNotContaining(TestServer.PASSWORD);
            return e;
        }
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(directory.resolve("log"));
    }

    private static Login login(String password) {
        return new Login("cred-1", TestServer.USER, List.of(), null, password);
    }

    @Test
    void runsScriptsWithoutAPasswordIfSudoAllowsIt() throws Exception {
        try (SshRemote remote = remote("free", TestServer.login())) {
            ScriptResult result = remote.run(Script.of("echo \"$AS_ROOT\"; cat; exit 4"));
            assertThat(result.stdout()).isEqualTo("yes\n");
            assertThat(result.exitCode()).isEqualTo(4);
            remote.run(Script.of("true"));
        }
        // Tried once per connection, then used by the shell that stays
        assertThat(log()).hasSize(2).allMatch(line -> line.startsWith("-n -- /bin/sh -c "));
    }

    @Test
    @DisplayName("D14: sends the password if sudo asks for one, without a terminal")
    void sendsThePasswordIfSudoAsksForOne() throws Exception {
        try (SshRemote remote = remote("password", TestServer.login())) {
            ScriptResult result = remote.run(Script.of("echo \"$AS_ROOT\"; cat; echo err >&2"));
            assertThat(result.stdout()).isEqualTo("yes\n");
            assertThat(result.stderr()).as("without the lecture").isEqualTo("err\n");
        }
        assertThat(log()).hasSize(3).noneMatch(line -> line.contains(TestServer.PASSWORD));
        assertThat(log().get(2)).startsWith("-k -S -p  -- /bin/sh -c ");
    }

    @Test
    void doesNotUseSudoForRoot() throws Exception {
        server.sshd.setPasswordAuthenticator((user, password, session) -> true);
        try (SshRemote remote = remote("deny", new Login("cred-1", "root", List.of(), null, "x"))) {
            assertThat(remote.run(Script.of("echo ok")).stdout()).isEqualTo("ok\n");
        }
        assertThat(directory.resolve("log")).doesNotExist();
    }

    @Test
    void reportsAWrongPassword() {
        server.environment.put("SUDO_PASSWORD", "another");
        assertThat(failure("password", TestServer.login()))
                .hasMessageContaining("does not take the password of the credentials cred-1")
                .hasMessageContaining("incorrect password attempts");
    }

    @Test
    void reportsAMissingPassword() throws Exception {
        server.sshd.setPublickeyAuthenticator((user, key, session) -> true);
        Login login = new Login(
                "cred-1", TestServer.USER, List.of(TestServer.openSsh(TestServer.OTHER_KEY, null)), null, null);
        assertThat(failure("password", login)).hasMessageContaining("have none").hasMessageContaining("NOPASSWD");
    }

    @Test
    void reportsAUserWithoutPermission() {
        assertThat(failure("deny", TestServer.login()))
                .hasMessageContaining("does not let ops run commands as root")
                .hasMessageContaining("/etc/sudoers.d");
    }

    @Test
    void reportsASudoThatRequiresATerminal() {
        assertThat(failure("tty", TestServer.login())).hasMessageContaining("Defaults:ops !requiretty");
    }

    @Test
    void reportsThatSudoIsNotInstalled() throws Exception {
        Files.delete(directory.resolve("sudo"));
        server.environment.put("PATH", onlyEnv().toString());
        assertThat(failure("none", TestServer.login())).hasMessageContaining("not installed");
    }

    private Path onlyEnv() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("env"), Path.of("/usr/bin/env"));
        return bin;
    }

    @Test
    void reportsASudoThatStopsWorking() throws Exception {
        try (SshRemote remote = remote("free", login(TestServer.PASSWORD))) {
            remote.connect();
            server.environment.put("SUDO_MODE", "deny");
            RemoteException e = catchThrowableOfType(RemoteException.class, () -> remote.run(Script.of("true")));
            assertThat(e.kind()).isEqualTo(Kind.SUDO);
        }
    }
}
