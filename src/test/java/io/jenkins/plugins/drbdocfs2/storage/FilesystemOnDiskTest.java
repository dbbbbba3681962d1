package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.RealReader;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemOnDiskTest {
    private static final String HEAD = "2214823842 1771\n268435456\nDEVNAME=/dev/sys/data\nLABEL=int\nUUID=08e7\n";
    private static final String XFS =
            """
            meta-data=/dev/sys/xdata         isize=512    agcount=4, agsize=20480 blks
            data     =                       bsize=4096   blocks=81920, imaxpct=25
            log      =internal log           bsize=4096   blocks=16384, version=2
            realtime =none                   extsz=4096   blocks=0, rtextents=0
            xfs_logprint:
                data device: 0x700
                log device: 0x700 daddr: 409648 length: 131072

                log tail: 855 head: 855 state: <CLEAN>
            """;

    private static FilesystemOnDisk parse(String text) {
        return FilesystemOnDisk.parse(new Reading(0, text));
    }

    @Test
    void readsAFilesystemBeforeMetadataOfDrbd() {
        FilesystemOnDisk ext = parse(HEAD + "TYPE=ext4\n=\nFilesystem volume name:   int\nBlock count:   256000\n"
                + "Block size:    1024\nJournal inode:            8\n");
        assertThat(ext.words()).isEqualTo("ext4 'int' 08e7");
        assertThat(ext.size().bytes()).isEqualTo(256000 * 1024);
        assertThat(ext.whole()).isTrue();
        assertThat(ext.checksum()).isEqualTo("2214823842 1771");
        FilesystemOnDisk xfs = parse(HEAD + "TYPE=xfs\n=\n" + XFS);
        assertThat(xfs.size().bytes()).isEqualTo(320L << 20);
        assertThat(xfs.whole()).isTrue();
    }

    @Test
    void detectsAPartOnAnotherDevice() {
        assertThat(parse(HEAD + "TYPE=ext4\n=\nBlock count: 9\nBlock size: 1024\nJournal UUID:   5e2c\n")
                        .whole())
                .isFalse();
        assertThat(parse(HEAD + "TYPE=xfs\n=\n" + XFS.replace("internal log", "external    "))
                        .whole())
                .isFalse();
        assertThat(parse(HEAD + "TYPE=xfs\n=\n" + XFS.replace("none   ", "external"))
                        .whole())
                .isFalse();
    }

    @Test
    void detectsAJournalThatHasToBeReplayed() {
        String ext = HEAD
                + "TYPE=ext4\n=\nFilesystem features:      has_journal extent 64bit\nFilesystem state:         clean\n"
                + "Block count:              102400\nBlock size:               4096\nJournal start:            0\n";
        assertThat(parse(ext).clean()).isTrue();
        assertThat(parse(ext.replace("extent", "needs_recovery extent")).clean())
                .isFalse();
        assertThat(parse(ext.replace("start:            0", "start:            1"))
                        .clean())
                .isFalse();
        assertThat(parse(ext.replace("  clean", "  not clean")).clean()).isFalse();
        String xfs = HEAD + "TYPE=xfs\n=\n" + XFS;
        assertThat(parse(xfs).clean()).isTrue();
        assertThat(parse(xfs.replace("head: 855 state: <CLEAN>", "head: 1704 state: <DIRTY>"))
                        .clean())
                .isFalse();
        assertThat(parse(xfs.replaceAll("(?s)xfs_logprint:.*", "")).clean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Filesystem volume name:   a\nBlock count: 9", "Last mounted on:          /a\nBlock size: 1024"})
    void knowsNoSizeIfATextOfSeveralLinesClaimsAnother(String text) {
        String real = "\nBlock count:              102400\nBlock size:               4096\n";
        assertThat(parse(HEAD + "TYPE=ext4\n=\n" + text.split("\n")[0] + real)
                        .size()
                        .bytes())
                .isEqualTo(400L << 20);
        assertThat(parse(HEAD + "TYPE=ext4\n=\n" + text + real).size().known()).isFalse();
        String stats = "\tBlock Size Bits: 12   Cluster Size Bits: 12\n\tLabel: a%s\n\tLinks: 0   Clusters: 512\n";
        assertThat(parse(HEAD + "TYPE=ocfs2\n=\n" + stats.formatted("")).size().bytes())
                .isEqualTo(2L << 20);
        assertThat(parse(HEAD + "TYPE=ocfs2\n=\n" + stats.formatted("\nClusters: 9"))
                        .size()
                        .known())
                .isFalse();
    }

    @Test
    void knowsNoSizeIfTheToolFails() {
        FilesystemOnDisk failed =
                FilesystemOnDisk.parse(new Reading(1, HEAD + "TYPE=ext4\n=\nBlock count: 9\nBlock size: 1024\n"));
        assertThat(failed.type()).isEqualTo("ext4");
        assertThat(failed.size().known()).isFalse();
        assertThat(failed.whole()).isTrue();
        assertThat(parse("").type()).isEmpty();
        assertThat(parse(HEAD + "TYPE=ext4\n=\n").size().known()).isFalse();
        assertThat(parse(HEAD + "TYPE=btrfs\n=\nBlock count: 9\nBlock size: 1024\n")
                        .size()
                        .known())
                .isFalse();
    }

    @Test
    void guardEndsTheScriptIfTheFilesystemHasChanged(@TempDir Path folder) throws Exception {
        RealReader.require("e2fsprogs", "/usr/sbin/mkfs.ext4", "/usr/sbin/dumpe2fs", "/usr/sbin/tune2fs");
        Path image = folder.resolve("image");
        Files.write(image, new byte[4 << 20]);
        assertThat(shell("mkfs.ext4 -q -F " + image).exitCode()).isZero();
        // blockdev wants a block device
        String blockdev = "blockdev() { stat -c %s \"$2\"; }\n";
        String functions = new FilesystemOnDisk(new Blkid(Map.of()), null, true, true, "").guard(image.toString());
        String checksum = shell(
                        blockdev + functions.replaceAll("same_filesystem .*\n$", "") + "filesystem_checksum " + image)
                .output()
                .strip();
        String guard = new FilesystemOnDisk(new Blkid(Map.of()), null, true, true, checksum).guard(image.toString());
        assertThat(shell(blockdev + guard + "echo same").output()).isEqualTo("same\n");
        assertThat(shell("tune2fs -L other " + image).exitCode()).isZero();
        RealReader.Output changed = shell(blockdev + guard + "echo same");
        assertThat(changed.exitCode()).isEqualTo(75);
        assertThat(changed.output()).contains("no longer has the filesystem that was checked");
    }

    private static RealReader.Output shell(String script) {
        return RealReader.run(
                Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C"), List.of("sh", "-c", script));
    }
}
