package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataSuperblockTest {
    private static final int MAGIC_OF_9 = 0x8374026d;
    private static final int SIZE = 1_050_000;

    @TempDir
    private Path dir;

    /** Reads a superblock from a file instead of a device. */
    private Optional<MetadataSuperblock> read(long superblock, int magic, int id, MetaDisk meta) throws Exception {
        Path file = dir.resolve("disk");
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(SIZE);
            disk.seek(superblock + 60);
            disk.writeInt(magic);
            disk.seek(superblock + 88);
            disk.writeInt(2);
            disk.writeInt(id);
            for (int peer = 0; peer < 32; peer++) {
                disk.seek(superblock + 112 + 32 * peer + 20);
                disk.writeInt(peer == 31 ? 0 : peer == 7 ? 1 : -1);
            }
        }
        Probe<Optional<MetadataSuperblock>> probe = MetadataSuperblock.probe(new Resource.Disk("/dev/sdb", meta));
        String script = probe.script()
                .replace("[ -b ", "[ -f ")
                .replace("/dev/sdb", file.toString())
                .replace("/dev/meta", file.toString())
                .replace("blockdev --getsize64", "stat -c %s")
                .replace("iflag=direct ", "");
        return probe.parser().apply(new Reading(0, run(script)));
    }

    private static String run(String script) throws IOException {
        Process sh = new ProcessBuilder("sh", "-c", script).start();
        return new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Optional<MetadataSuperblock> of(Integer id) {
        return Optional.of(new MetadataSuperblock(Optional.ofNullable(id), 2, Set.of(7, 31)));
    }

    @Test
    void readsSuperblocksOfAllMetadataKinds() throws Exception {
        long last = SIZE / 4096 * 4096L - 4096;
        assertThat(read(last, MAGIC_OF_9, 3, MetaDisk.INTERNAL)).isEqualTo(of(3));
        assertThat(read(0, MAGIC_OF_9, 0, MetaDisk.on("/dev/meta"))).isEqualTo(of(0));
        assertThat(read(0, MAGIC_OF_9, 31, MetaDisk.parse("/dev/meta[0]"))).isEqualTo(of(31));
    }

    @Test
    void hasNoNodeIdBeforeTheFirstAttachAndReadsOnlyMetadataOfDrbd9() throws Exception {
        assertThat(read(0, MAGIC_OF_9, -1, MetaDisk.on("/dev/meta"))).isEqualTo(of(null));
        assertThat(read(0, 0x8374026b, 0, MetaDisk.on("/dev/meta"))).isEmpty();
        assertThat(read(0, 0, 0, MetaDisk.parse("/dev/meta[1]"))).isEmpty();
    }

    @Test
    void hasRoomForKnownPeersAndFreeSlots() {
        MetadataSuperblock full = new MetadataSuperblock(Optional.of(0), 2, Set.of(1, 2));
        assertThat(full.hasRoomFor(Set.of(1, 2))).isTrue();
        assertThat(full.hasRoomFor(Set.of(1, 3))).isFalse();
        MetadataSuperblock half = new MetadataSuperblock(Optional.of(0), 2, Set.of(1));
        assertThat(half.hasRoomFor(Set.of(1, 3))).isTrue();
        assertThat(half.hasRoomFor(Set.of(3, 4))).isFalse();
    }
}
