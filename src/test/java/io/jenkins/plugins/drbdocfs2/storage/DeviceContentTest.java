package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script on this machine, on a sparse file instead of a device, with and without Perl. */
class DeviceContentTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1L << 30;
    private static final String WITHOUT_PERL = "perl() { return 127; }\n";

    @TempDir
    private Path folder;

    private Path device(long bytes, long... data) throws IOException {
        Path device = folder.resolve("device");
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.setLength(bytes);
            for (long offset : data) {
                file.seek(offset);
                file.writeBytes("precious");
            }
        }
        return device;
    }

    private static String run(String before, String command, Path device, String more) throws InterruptedException {
        return new LocalShell("sv1", before)
                .run(
                        Script.of(
                                DeviceContent.SHELL + "content " + command + " " + Sh.quote(device.toString()) + more),
                        line -> {})
                .stdout()
                .strip();
    }

    private static String look(String before, Path device, long bytes) throws InterruptedException {
        return run(before, "look", device, " 0 " + bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_PERL})
    void zeroedDeviceIsBlankAndUnreadableDeviceIsNot(String before) throws Exception {
        assertThat(look(before, device(3 * GIB + 512), 3 * GIB + 512)).isEqualTo("zero inside");
        folder.resolve("device").toFile().delete();
        if (before.isEmpty()) {
            assertThat(look(before, device(5000), 9000)).doesNotContain("zero");
        }
        assertThat(look(before, folder.resolve("none"), 9000)).doesNotContain("zero");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, MIB + 100, 5 * MIB, 127 * MIB, 600 * MIB + 7})
    void findsDataAnywhereOnASmallDevice(long offset) throws Exception {
        assertThat(look("", device(GIB, offset), GIB)).isEqualTo("data " + offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_PERL})
    void readsTheEndsAndManySamplesOfALargeDevice(String before) throws Exception {
        long bytes = 10 * GIB;
        for (long offset : new long[] {2 * MIB, 5 * GIB, bytes - 8}) {
            folder.resolve("device").toFile().delete();
            assertThat(look(before, device(bytes, offset), bytes)).startsWith("data ");
        }
    }

    // ext4 in a second partition whose table is gone, btrfs, the first block of a logical volume
    @ParameterizedTest
    @ValueSource(longs = {513 * MIB + 1080, 1537 * MIB + 65600, 2047 * MIB})
    void findsAndWipesAFilesystemWithoutItsPartitionTable(long offset) throws Exception {
        long bytes = 10 * GIB;
        Path device = device(bytes, offset);
        assertThat(look("", device, bytes)).isEqualTo("data " + offset);
        run("", "wipe", device, " 0 " + bytes);
        assertThat(look("", device, bytes)).isEqualTo("zero inside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_PERL})
    void wipedDeviceIsBlankEvenIfItEndsEarlierLater(String before) throws Exception {
        long bytes = 3 * GIB;
        Path device = device(bytes, 100, MIB, 40 * MIB, GIB, 2 * GIB, bytes - 70 * MIB, bytes - 8);
        assertThat(look(before, device, bytes)).startsWith("data ");
        run(before, "wipe", device, " 0 " + bytes);
        assertThat(look(before, device, bytes)).isEqualTo("zero inside");
        assertThat(look(before, device, bytes - 131072)).isEqualTo("zero inside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_PERL})
    void wipeSparesTheGivenSignature(String before) throws Exception {
        Path device = device(GIB, 1080, 5 * MIB);
        run(before, "wipe", device, " 0 " + GIB + " 1080");
        assertThat(look("", device, GIB)).isEqualTo("data 1080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_PERL})
    void wipePartWipesOnlyItsRange(String before) throws Exception {
        Path device = device(GIB, 100, 130 * MIB, 300 * MIB);
        run(before, "wipe-part", device, " " + 128 * MIB + " " + 256 * MIB);
        assertThat(run("", "look", device, " " + 128 * MIB + " " + 256 * MIB)).isEqualTo("zero inside");
        assertThat(run("", "look", device, " " + 256 * MIB + " " + GIB)).isEqualTo("data " + 300 * MIB);
        assertThat(run("", "look", device, " 0 " + 128 * MIB)).isEqualTo("data 100");
    }
}
