package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountInfoAndFstabTest {
    @Test
    void mountsAreRead() {
        MountInfo mounts = MountInfo.parse(Recorded.text("proc/mountinfo.txt"));
        assertThat(mounts.mounts()).hasSize(4);
        assertThat(mounts.at("/srv/a b").orElseThrow().source()).isEqualTo("with space");
        assertThat(mounts.at("/srv/a b").orElseThrow().device()).isEqualTo("0:40");
        assertThat(mounts.ofDevice("0:41"))
                .extracting(MountInfo.Mount::mountPoint)
                .containsExactly("/mnt", "/srv");
        assertThat(mounts.at("/nowhere")).isEmpty();
    }

    @Test
    void aDeviceOfUnknownNumbersIsMountedNowhere() {
        MountInfo.Mount simulated = new MountInfo.Mount("", "/", "/mnt", "rw", "ocfs2", "/dev/drbd0", "rw");
        assertThat(new MountInfo(List.of(simulated)).ofDevice("")).isEmpty();
    }

    @Test
    void cutOffMountsAreRefusedOrWhole() {
        String text = "22 1 147:0 / /mnt rw,relatime shared:1 - ocfs2 /dev/drbd0 rw,_netdev";
        MountInfo.Mount whole = MountInfo.parse(text).at("/mnt").orElseThrow();
        Recorded.onEachCut(text, TextFormatException.class, cut -> MountInfo.parse(cut)
                .at("/mnt")
                .ifPresent(mount -> {
                    assertThat(mount.source()).isEqualTo(whole.source());
                    assertThat(mount.type()).isEqualTo(whole.type());
                }));
    }

    private static final String FSTAB =
            """
            # <file system>\t<mount point>
            UUID=1234 / ext4 errors=remount-ro 0 1

            /dev/drbd0\t/mnt/a\\040b   ocfs2 _netdev,noauto 0 0
            garbage
            tmpfs /tmp tmpfs
            """;

    @Test
    void fstabIsRead() {
        Fstab fstab = new Fstab(FSTAB);
        assertThat(fstab.entries()).hasSize(3);
        assertThat(fstab.at("/mnt/a b")).contains(new FstabEntry("/dev/drbd0", "/mnt/a b", "ocfs2", "_netdev,noauto"));
        assertThat(fstab.at("/").orElseThrow().pass()).isEqualTo(1);
        assertThat(fstab.of("tmpfs")).containsExactly(new FstabEntry("tmpfs", "/tmp", "tmpfs", "defaults"));
    }

    @Test
    void fstabKeepsAllElseToTheLetter() {
        Fstab fstab = new Fstab(FSTAB);
        FstabEntry same = fstab.at("/mnt/a b").orElseThrow();
        FstabEntry other = new FstabEntry("/dev/drbd1", "/mnt/a b", "ocfs2", "_netdev");
        FstabEntry added = new FstabEntry("/dev/drbd2", "/mnt/tab\there\\#", "xfs", "defaults");
        assertThat(fstab.with(same)).isEqualTo(fstab);
        assertThat(fstab.with(other).text())
                .isEqualTo(FSTAB.replace(
                        "/dev/drbd0\t/mnt/a\\040b   ocfs2 _netdev,noauto 0 0",
                        "/dev/drbd1 /mnt/a\\040b ocfs2 _netdev 0 0"));
        assertThat(fstab.with(added).text()).isEqualTo(FSTAB + "/dev/drbd2 /mnt/tab\\011here\\134# xfs defaults 0 0\n");
        assertThat(fstab.with(added).at(added.mountPoint())).contains(added);
        assertThat(fstab.with(added).without(added.mountPoint())).isEqualTo(fstab);
        assertThat(fstab.without("/mnt/a b").text()).doesNotContain("drbd0").contains("garbage\n");
    }

    @Test
    void fstabWithoutLastLineEndGetsOne() {
        FstabEntry entry = new FstabEntry("/dev/drbd0", "/mnt", "ocfs2", "_netdev");
        assertThat(new Fstab("a /a ext4").with(entry).text())
                .isEqualTo("a /a ext4\n/dev/drbd0 /mnt ocfs2 _netdev 0 0\n");
        assertThat(new Fstab("").with(entry).text()).isEqualTo("/dev/drbd0 /mnt ocfs2 _netdev 0 0\n");
        assertThat(new Fstab("b /mnt xfs\r\nc /mnt xfs").with(entry).text())
                .isEqualTo("/dev/drbd0 /mnt ocfs2 _netdev 0 0\r\n");
    }
}
