package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys.Verdict;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshSettings;
import io.jenkins.plugins.drbdocfs2.remote.ssh.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostKeysTest {
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final HostKey KEY = key(ED25519);
    private static final HostKey OTHER = TestServer.hostKey(TestServer.HOST_KEY);

    @TempDir
    private Path directory;

    private static HostKey key(String line) {
        return HostKey.of(line.split(" ")[0], line.split(" ")[1]).orElseThrow();
    }

    private HostKeys file(String... lines) throws IOException {
        Path file = directory.resolve("known_hosts");
        Files.writeString(file, String.join("\n", lines), StandardCharsets.ISO_8859_1);
        return HostKeys.knownHostsFile(file.toString());
    }

    @Test
    void printsTheSameFingerprintAsOpenSsh() {
        assertThat(KEY.fingerprint()).isEqualTo("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
        assertThat(KEY).hasToString("ssh-ed25519 SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sv1; sv1; 22; ACCEPTED",
                "SV1; sv1; 22; ACCEPTED",
                "sv1; Sv1; 22; ACCEPTED",
                "sv1; sv1; 2201; UNKNOWN",
                "[sv1]:2201; sv1; 2201; ACCEPTED",
                "[sv1]:2201; sv1; 22; UNKNOWN",
                "sv2,sv1,10.0.0.1; 10.0.0.1; 22; ACCEPTED",
                "sv?; sv1; 22; ACCEPTED",
                "sv?; sv10; 22; UNKNOWN",
                "*.example.org; a.b.example.org; 22; ACCEPTED",
                "*.example.org,!b.example.org; b.example.org; 22; UNKNOWN",
                "!b.example.org,*.example.org; a.example.org; 22; ACCEPTED",
                "*a*b*c*; xxaxxbxxaxxc; 22; ACCEPTED",
                "*a*b*c*; xxaxxcxxb; 22; UNKNOWN",
                "fe80::1; fe80::1; 22; ACCEPTED",
                "[fe80::1]:2201; fe80::1; 2201; ACCEPTED",
            })
    void matchesHostNamesAsOpenSshDoes(String names, String host, int port, Verdict verdict) throws Exception {
        assertThat(file(names + " " + ED25519 + " comment").judge(host, port, KEY))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "sv1, 22, ACCEPTED",
        "sv2, 22, UNKNOWN",
        "127.0.0.1, 2201, ACCEPTED",
        "127.0.0.1, 22, UNKNOWN",
    })
    void readsHashedNames(String host, int port, Verdict verdict) throws Exception {
        // Lines written by ssh-keygen -H
        HostKeys keys = file(
                "|1|or97GPJ4LLFDAdUlWbovNKmxmsc=|hUOLNs6p3rHY2RYLHyR2jjIS9bM= " + ED25519,
                "|1|dOnUQcenJvIQD95wfW9ZuQhWl3M=|w30qjuhA8SLgpVkDoUuFPV5GWZo= " + ED25519);
        assertThat(keys.judge(host, port, KEY)).isEqualTo(verdict);
    }

    @Test
    void refusesAnotherKeyOfAKnownHost() throws Exception {
        HostKeys keys = file("# a comment", "", "sv1 " + ED25519);
        assertThat(keys.judge("sv1", 22, OTHER)).isEqualTo(Verdict.CHANGED);
        assertThat(keys.judge("sv2", 22, OTHER)).isEqualTo(Verdict.UNKNOWN);
        assertThat(keys.known("sv1", 22)).containsExactly(KEY);
    }

    @Test
    void acceptsAnyOfSeveralKeys() throws Exception {
        HostKeys keys = file("sv1 " + ED25519, "sv1 " + OTHER.line());
        assertThat(keys.judge("sv1", 22, KEY)).isEqualTo(Verdict.ACCEPTED);
        assertThat(keys.judge("sv1", 22, OTHER)).isEqualTo(Verdict.ACCEPTED);
        assertThat(keys.known("sv1", 22)).containsExactly(KEY, OTHER);
    }

    @Test
    void refusesARevokedKeyEvenIfItIsKnown() throws Exception {
        HostKeys keys = file("sv1 " + ED25519, "@revoked * " + ED25519);
        assertThat(keys.judge("sv1", 22, KEY)).isEqualTo(Verdict.REVOKED);
        assertThat(keys.judge("sv2", 22, KEY)).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void ignoresAuthoritiesAndUnreadableLines() throws Exception {
        HostKeys keys = file(
                "@cert-authority * " + ED25519,
                "sv1",
                "sv1 ssh-ed25519",
                "sv1 ssh-ed25519 %%%%",
                "sv1 ssh-ed25519 AAAA",
                "sv1 ssh-rsa " + ED25519.split(" ")[1],
                "sv1 1024 35 1234567",
                "|1|x|y " + ED25519,
                "|2|x " + ED25519,
                "\u00ff\u00fe \u00e4",
                "@revoked",
                "@unknown sv1 " + ED25519);
        assertThat(keys.judge("sv1", 22, KEY)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void knowsNoKeysIfTheFileIsMissing() throws Exception {
        HostKeys keys = HostKeys.knownHostsFile(directory.resolve("none").toString());
        assertThat(keys.judge("sv1", 22, KEY)).isEqualTo(Verdict.UNKNOWN);
        assertThat(keys.where()).contains("there is no such file");
    }

    @Test
    void failsIfTheFileCannotBeRead() {
        HostKeys keys = HostKeys.knownHostsFile(directory.toString());
        assertThatThrownBy(() -> keys.judge("sv1", 22, KEY)).isInstanceOf(IOException.class);
    }

    @Test
    void findsTheHomeDirectory() {
        assertThat(HostKeys.knownHostsFile("~/.ssh/known_hosts").where())
                .startsWith(System.getProperty("user.home") + "/.ssh/known_hosts");
    }

    @Test
    void pinsKeysWithAndWithoutHosts() throws Exception {
        HostKeys any = HostKeys.pinned("\n# the nodes' keys\n  " + ED25519 + " root@sv1\n");
        assertThat(any.judge("sv1", 2201, KEY)).isEqualTo(Verdict.ACCEPTED);
        assertThat(any.judge("sv1", 2201, OTHER)).isEqualTo(Verdict.CHANGED);
        HostKeys one = HostKeys.pinned("sv1 " + ED25519);
        assertThat(one.judge("sv1", 22, KEY)).isEqualTo(Verdict.ACCEPTED);
        assertThat(one.judge("sv2", 22, KEY)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void refusesToPinInvalidKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> HostKeys.pinned(" \n#\n"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostKeys.pinned("SHA256:abc"))
                .withMessageContaining("SHA256:abc");
        assertThatIllegalArgumentException().isThrownBy(() -> HostKeys.pinned("ssh-ed25519 AAAA"));
    }

    @Test
    void acceptFirstStoresTheFirstKeyAndRefusesOthers() throws Exception {
        Path file = directory.resolve("new").resolve("known_hosts");
        HostKeys keys = HostKeys.acceptFirst(file.toString());
        assertThat(keys.judge("sv1", 2201, KEY)).isEqualTo(Verdict.ACCEPTED);
        assertThat(keys.judge("sv2", 22, OTHER)).isEqualTo(Verdict.ACCEPTED);
        assertThat(keys.judge("sv1", 2201, OTHER)).isEqualTo(Verdict.CHANGED);
        assertThat(keys.judge("sv2", 22, KEY)).isEqualTo(Verdict.CHANGED);
        assertThat(file).hasContent("[sv1]:2201 " + ED25519 + "\nsv2 " + OTHER.line() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.*tmp");
    }

    @Test
    void acceptFirstKeepsExistingLines() throws Exception {
        Path file = directory.resolve("known_hosts");
        Files.writeString(file, "# \u00e4\nsv9 " + ED25519, StandardCharsets.ISO_8859_1);
        HostKeys.acceptFirst(file.toString()).judge("sv1", 22, KEY);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo("# \u00e4\nsv9 " + ED25519 + "\nsv1 " + ED25519 + "\n");
    }

    @Test
    void noneAcceptsEveryKey() throws Exception {
        assertThat(HostKeys.none().judge("sv1", 22, KEY)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void canBeSentToAnAgent() throws Exception {
        List<HostKeys> all = List.of(
                HostKeys.knownHostsFile("f"), HostKeys.pinned(ED25519), HostKeys.acceptFirst("f"), HostKeys.none());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            for (HostKeys keys : all) {
                out.writeObject(keys);
            }
            out.writeObject(SshSettings.DEFAULT);
            out.writeObject(new RemoteException("sv1", RemoteException.Kind.LOST, "gone", null));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (HostKeys keys : all) {
                assertThat(in.readObject()).isEqualTo(keys);
            }
            assertThat(in.readObject()).isEqualTo(SshSettings.DEFAULT);
        }
    }
}
