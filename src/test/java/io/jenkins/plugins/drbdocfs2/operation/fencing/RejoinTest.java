package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service that promotes and mounts after a boot without the peer, with the real findmnt and a drbdadm that is a script. */
class RejoinTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        program("logger", "shift 5; echo \"$*\" >> log");
        program("sleep", "echo \"slept $1\" >> calls; [ $(wc -l < calls) -lt 50 ]");
        program("udevadm", "");
        program("mountpoint", "grep -qxF \"$2\" mounted");
        program("mount", "echo \"$1\" >> mounted");
        drbdadm("");
        write("drbd", "version: 8.4.11\n");
        write("mounted", "");
        write("calls", "");
        write("log", "");
        write(
                "fstab",
                "/dev/drbd7 /srv/my\\040data\\134x ocfs2 defaults,_netdev 0 0\n/dev/drbd7 /srv/b ocfs2 noauto 0 0\n");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private void program(String name, String text) throws IOException {
        Path program = directory.resolve("bin").resolve(name);
        Files.writeString(program, "#!/bin/sh\ncd '" + directory + "'\n" + text + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** A drbdadm that first runs these lines. */
    private void drbdadm(String first) throws IOException {
        program(
                "drbdadm",
                first
                        + """

                        case $1 in
                          sh-resources) echo r0 r1 ;;
                          dump) if [ "$2" = r0 ]; then echo 'fence-peer "/usr/local/sbin/drbd-fence-peer";'; fi ;;
                          cstate) cat connection 2> /dev/null || echo Connected ;;
                          role) echo Secondary/Primary ;;
                          sh-dev) echo /dev/drbd7 ;;
                          *) echo "$*" >> calls ;;
                        esac
                        """);
    }

    private void run() throws Exception {
        String script = PeerLossFiles.rejoin()
                .replaceFirst("PATH=", "PATH=" + directory + "/bin:")
                .replace("/proc/drbd", directory + "/drbd")
                .replace("--fstab", "--tab-file " + directory + "/fstab");
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(read("log")).isZero();
        assertThat(output).isEmpty();
    }

    @Test
    void mountsWhatFstabMountsAtBootAlsoIfItsNameHasBlanks() throws Exception {
        run();
        assertThat(read("mounted")).isEqualTo("/srv/my data\\x\n");
        assertThat(read("log")).isEqualTo("r0: promoted\nr0: mounted /srv/my data\\x\n");
    }

    @Test
    void waitsWhileDrbdadmFails() throws Exception {
        drbdadm("echo x >> tries; [ $(wc -l < tries) -gt 4 ] || { echo 'cannot resolve sv2' >&2; exit 10; }");
        run();
        assertThat(read("log"))
                .isEqualTo(
                        "waiting: drbdadm cannot read the resources: cannot resolve sv2\nr0: promoted\nr0: mounted /srv/my data\\x\n");
        assertThat(read("calls")).contains("slept 10");
    }

    @Test
    void waitsForTheConnection() throws Exception {
        write("connection", "WFConnection\n");
        program("sleep", "echo \"slept $1\" >> calls; rm -f connection");
        run();
        assertThat(read("log"))
                .isEqualTo("waiting: r0 (WFConnection, Secondary)\nr0: promoted\nr0: mounted /srv/my data\\x\n");
    }
}
