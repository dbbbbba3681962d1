package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlkidTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "blank, -, -",
                "ext4, ext4, web data",
                "ext4-odd-label, ext4, 'a''b\"c\\ d,M-CM-)'",
                "ocfs2, ocfs2, ocfs2 fs",
                "ocfs2-local, ocfs2, -",
                "drbd-v08, drbd, -",
                "drbd-v09, drbd, -",
                "drbd-over-ext4, drbd, -",
                "swap, swap, sw",
                "lvm, LVM2_member, -",
                "dos, -, -"
            })
    void readsTypeAndLabel(String recorded, String type, String label) {
        Blkid blkid = Blkid.parse(Recorded.text("blkid/" + recorded + ".txt"));
        assertThat(blkid.type()).isEqualTo(type);
        assertThat(blkid.label()).isEqualTo(label);
        assertThat(blkid.isEmpty()).isEqualTo(recorded.equals("blank"));
    }

    @Test
    void partitionTableIsContent() {
        assertThat(Blkid.parse(Recorded.text("blkid/dos.txt")).values()).containsEntry("PTTYPE", "dos");
    }
}
