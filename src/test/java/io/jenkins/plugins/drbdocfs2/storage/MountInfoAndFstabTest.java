package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountInfoAndFstabTest {
    @Test
    void readsMounts() {
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
    void deviceWithoutNumbersHasNoMounts() {
        MountInfo.Mount simulated = new MountInfo.Mount("", "/", "/mnt", "rw", "ocfs2", "/dev/drbd0", "rw");
        assertThat(new MountInfo(List.of(simulated)).ofDevice("")).isEmpty();
    }

    @Test
    void refusesTruncatedMountsOrReadsWholeOnes() {
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
    void readsFstab() {
        Fstab fstab = new Fstab(FSTAB);
        assertThat(fstab.entries()).hasSize(3);
        assertThat(at(fstab, "/mnt/a b"))
                .isEqualTo(new FstabEntry("/dev/drbd0", "/mnt/a b", "ocfs2", "_netdev,noauto"));
        assertThat(at(fstab, "/").pass()).isEqualTo(1);
        assertThat(at(fstab, "/tmp")).isEqualTo(new FstabEntry("tmpfs", "/tmp", "tmpfs", "defaults"));
    }

    private static FstabEntry at(Fstab fstab, String mountPoint) {
        return fstab.linesAt(Set.of(mountPoint)).get(0).entry();
    }

    private static Fstab with(Fstab fstab, FstabEntry entry) {
        return fstab.with(entry, fstab.linesAt(Set.of(entry.mountPoint())));
    }

    @Test
    void keepsOtherLinesOfFstabUnchanged() {
        Fstab fstab = new Fstab(FSTAB);
        FstabEntry same = at(fstab, "/mnt/a b");
        FstabEntry other = new FstabEntry("/dev/drbd1", "/mnt/a b", "ocfs2", "_netdev");
        FstabEntry added = new FstabEntry("/dev/drbd2", "/mnt/tab\there\\#", "xfs", "defaults");
        assertThat(with(fstab, same)).isEqualTo(fstab);
        assertThat(with(fstab, other).text())
                .isEqualTo(FSTAB.replace(
                        "/dev/drbd0\t/mnt/a\\040b   ocfs2 _netdev,noauto 0 0",
                        "/dev/drbd1 /mnt/a\\040b ocfs2 _netdev 0 0"));
        Fstab longer = with(fstab, added);
        assertThat(longer.text()).isEqualTo(FSTAB + "/dev/drbd2 /mnt/tab\\011here\\134# xfs defaults 0 0\n");
        assertThat(at(longer, added.mountPoint())).isEqualTo(added);
        assertThat(longer.without(longer.linesAt(Set.of(added.mountPoint())))).isEqualTo(fstab);
        assertThat(fstab.without(fstab.linesAt(Set.of("/mnt/a b"))).text())
                .doesNotContain("drbd0")
                .contains("garbage\n");
    }

    @Test
    void addsAMissingLineEndToFstab() {
        FstabEntry entry = new FstabEntry("/dev/drbd0", "/mnt", "ocfs2", "_netdev");
        assertThat(with(new Fstab("a /a ext4"), entry).text())
                .isEqualTo("a /a ext4\n/dev/drbd0 /mnt ocfs2 _netdev 0 0\n");
        assertThat(with(new Fstab(""), entry).text()).isEqualTo("/dev/drbd0 /mnt ocfs2 _netdev 0 0\n");
        assertThat(with(new Fstab("b /mnt xfs\r\nc /mnt xfs"), entry).text())
                .isEqualTo("/dev/drbd0 /mnt ocfs2 _netdev 0 0\r\n");
    }
}
