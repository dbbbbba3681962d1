package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts on this machine, with files instead of those of the kernel. */
class SuspendedDrbdDevicesTest {
    private static final String PROC =
            """
            version: 8.4.11 (api:1/proto:86-101)
            srcversion: 5ACAD4B3B3A4D2D1A6F6F6B

             0: cs:WFConnection ro:Primary/Unknown ds:UpToDate/DUnknown C s-----
                ns:0 nr:0 dw:0 dr:2120 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:f oos:0
             1: cs:Connected ro:Primary/Secondary ds:UpToDate/UpToDate C r-----
                ns:0 nr:0 dw:0 dr:2120 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:f oos:0
             2: cs:Unconfigured
            12: cs:SyncTarget ro:Secondary/Primary ds:Inconsistent/UpToDate C s----s
                ns:0 nr:0 dw:0 dr:2120 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:f oos:0
            \t[===>................] sync'ed: 24.6% (98948/131032)K
            """;

    private static final String EVENTS =
            """
            drbdsetup() { cat << 'E'
            exists resource name:r0 role:Primary suspended:quorum force-io-failures:no
            exists resource name:r1 role:Primary suspended:no
            exists device name:r0 volume:0 minor:1000 backing_dev:/dev/sda disk:UpToDate
            exists device name:r0 volume:1 minor:1001 backing_dev:/dev/sdb disk:UpToDate
            exists device name:r1 volume:0 minor:1 disk:UpToDate
            exists peer-device name:r0 peer-node-id:1 conn-name:p volume:0 replication:Off resync-suspended:no
            exists -
            E
            }
            """;

    /** Programs that read devices; a test fails if one of them runs. */
    private static final String TRAPS =
            """
            cmp() { : > "$trap"; }; dd() { : > "$trap"; }; wipefs() { : > "$trap"; }; blkid() { echo "blkid $*"; }
            od() { : > "$trap"; }; vgs() { : > "$trap"; }
            """;

    @TempDir
    Path folder;

    private Path proc;

    @BeforeEach
    void writeKernelFiles() throws IOException {
        proc = Files.writeString(folder.resolve("drbd"), PROC);
        Files.writeString(folder.resolve("mountinfo"), "");
        Files.writeString(folder.resolve("partitions"), "");
        Files.createDirectories(folder.resolve("block"));
    }

    private <T> T ask(Probe<T> probe, String before) throws Exception {
        String script = probe.script()
                .replace("/proc/drbd", proc.toString())
                .replace("/proc/self/mountinfo", folder.resolve("mountinfo").toString())
                .replace("/proc/partitions", folder.resolve("partitions").toString())
                .replace("/sys/dev/block", folder.resolve("block").toString());
        ScriptResult result = new LocalShell(
                        "sv1", "trap=" + Sh.quote(folder.resolve("trap").toString()) + "\n" + TRAPS + before)
                .run(Script.of("(\n" + script + "\n)"), line -> {});
        if (Files.deleteIfExists(folder.resolve("trap"))) {
            throw new IOException("trap: a device is read");
        }
        return probe.parser().apply(new Reading(result.exitCode(), result.stdout()));
    }

    private List<Integer> minors(String before) throws Exception {
        return ask(SuspendedDrbdDevices.PROBE, before).minors();
    }

    @Test
    void readsTheFlagsOfDrbd84InProcWithoutAnyProgram() throws Exception {
        assertThat(minors("PATH=/nowhere\n")).containsExactly(0, 12);
    }

    @Test
    void runningDevicesAreNotSuspended() throws Exception {
        for (String recorded : List.of("drbd84/proc-dual-primary.txt", "drbd84/proc-sync-target.txt")) {
            Files.writeString(proc, Recorded.text(recorded));
            assertThat(minors("")).isEmpty();
        }
    }

    @Test
    void readsTheResourceOfDrbd9ForAllItsVolumes() throws Exception {
        Files.writeString(
                proc, "version: 9.2.11 (api:2/proto:118-122)\nGIT-hash: d7212a2eaeda23f8cb71be36ba52a5163f4dc694\n");
        assertThat(minors(EVENTS)).containsExactly(1000, 1001);
        assertThat(minors("drbdsetup() { return 20; }\n")).isEmpty();
    }

    @Test
    void nothingIsSuspendedWithoutTheModule() throws Exception {
        Files.delete(proc);
        assertThat(minors("drbdsetup() { : > $trap; }\n")).isEmpty();
    }

    @Test
    void doesNotRunLvmWhileADeviceIsSuspended() throws Exception {
        assertThat(ask(StorageProbes.LVM, "").known()).isFalse();
    }

    private void block(String number, String... below) throws IOException {
        Path device = Files.createDirectories(folder.resolve("block").resolve(number));
        Files.writeString(device.resolve("size"), "2048\n");
        for (String slave : below) {
            Files.writeString(
                    Files.createDirectories(device.resolve("slaves/drbd")).resolve("dev"), slave + "\n");
        }
    }

    /** Probes a file as the device with this hexadecimal number. */
    private <T> T ofDevice(Function<String, Probe<T>> probe, String number) throws Exception {
        Path device = Files.writeString(folder.resolve("device"), "");
        Probe<T> asked = probe.apply(device.toString());
        String script = asked.script().replace("[ -b \"$d\" ]", "[ -e \"$d\" ]");
        return ask(new Probe<>(asked.key(), script, asked.parser()), "stat() { echo " + Sh.quote(number) + "; }\n");
    }

    @Test
    void doesNotReadASuspendedDevice() throws Exception {
        block("147:12");
        BlockDevice device = ofDevice(BlockDevice::probe, "0x93 0xc");
        assertThat(device.isSuspended()).isTrue();
        assertThat(device.isBlock()).isTrue();
        assertThat(device.isBlank()).isFalse();
        assertThat(device.number()).isEqualTo("147:12");
        assertThat(device.bytes()).isEqualTo(1 << 20);
        assertThat(device.unseen()).isEqualTo(device);
        assertThat(ofDevice(Ocfs2Probes::volume, "0x93 0xc")).isEmpty();
        assertThat(ofDevice(UnfinishedFilesystem::probe, "0x93 0xc")).isFalse();
        block("254:7", "147:0");
        assertThat(ofDevice(BlockDevice::probe, "0xfe 0x7").isSuspended()).isTrue();
    }

    @Test
    void readsADeviceThatIsNotSuspended() throws Exception {
        block("147:1");
        assertThatThrownBy(() -> ofDevice(BlockDevice::probe, "0x93 0x1")).hasMessageContaining("trap");
        assertThatThrownBy(() -> ofDevice(UnfinishedFilesystem::probe, "0x93 0x1"))
                .hasMessageContaining("trap");
    }

    private Path mount(String number, Path place) throws IOException {
        String escaped = place.toString().replace(" ", "\\040");
        Files.writeString(
                folder.resolve("mountinfo"),
                "21 1 254:0 / / rw - ext4 /dev/root rw\n90 21 " + number + " / " + escaped
                        + " rw,relatime shared:37 - xfs /dev/drbd0 rw\n");
        return place;
    }

    private MountDirectory.Kind place(Path path) throws Exception {
        return ask(MountDirectory.probe(path.toString()), "").kind();
    }

    @Test
    void doesNotAccessADirectoryOnASuspendedDeviceByAnyPath() throws Exception {
        Path data = Files.createDirectories(folder.resolve("my data/below")).getParent();
        Path other = Files.createDirectories(folder.resolve("other"));
        mount("147:0", data);
        assertThat(place(data)).isEqualTo(MountDirectory.Kind.SUSPENDED);
        assertThat(place(data.resolve("below"))).isEqualTo(MountDirectory.Kind.SUSPENDED);
        assertThat(place(Files.createSymbolicLink(folder.resolve("absolute"), data)))
                .isEqualTo(MountDirectory.Kind.SUSPENDED);
        Path relative = Files.createSymbolicLink(other.resolve("relative"), Path.of("../my data"));
        assertThat(place(relative.resolve("below"))).isEqualTo(MountDirectory.Kind.SUSPENDED);
        assertThat(place(other)).isEqualTo(MountDirectory.Kind.DIRECTORY);
        assertThat(place(folder.resolve("my data2"))).isEqualTo(MountDirectory.Kind.ABSENT);
    }

    @Test
    void accessesADirectoryOnADeviceThatIsNotSuspended() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        mount("147:1", data);
        assertThat(place(data)).isEqualTo(MountDirectory.Kind.DIRECTORY);
    }

    @Test
    void endsOnALoopOfSymbolicLinks() throws Exception {
        Path one = Files.createSymbolicLink(folder.resolve("one"), folder.resolve("two"));
        Files.createSymbolicLink(folder.resolve("two"), one);
        assertThat(place(one.resolve("x"))).isEqualTo(MountDirectory.Kind.ABSENT);
    }

    @Test
    void deviceOnASuspendedDeviceIsSuspended() throws Exception {
        block("254:7", "147:0");
        block("254:8", "147:1");
        mount("254:7", Files.createDirectories(folder.resolve("data")));
        assertThat(place(folder.resolve("data"))).isEqualTo(MountDirectory.Kind.SUSPENDED);
        mount("254:8", folder.resolve("data"));
        assertThat(place(folder.resolve("data"))).isEqualTo(MountDirectory.Kind.DIRECTORY);
    }

    @Test
    void searchesForOcfs2OnAllDevicesExceptSuspendedOnes() throws Exception {
        block("254:7", "147:0");
        Path named = Files.createDirectories(folder.resolve("block/254:8/dm")).resolve("name");
        Files.writeString(named, "sys-www\n");
        Files.writeString(
                folder.resolve("partitions"),
                """
                major minor  #blocks  name

                   8        0    1048576 sda
                 147        0     131032 drbd0
                 147        1     131032 drbd1
                 254        7     131032 dm-7
                 254        8     131032 dm-8
                """);
        assertThat(ask(Ocfs2Probes.DEVICES, ""))
                .containsExactly("blkid -c /dev/null -t TYPE=ocfs2 -o device /dev/sda /dev/drbd1 /dev/mapper/sys-www");
    }
}
