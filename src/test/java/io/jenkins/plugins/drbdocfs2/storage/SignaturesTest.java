package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
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
    void blkidIsRead(String recorded, String type, String label) {
        Blkid blkid = Blkid.parse(Recorded.text("blkid/" + recorded + ".txt"));
        assertThat(blkid.type()).isEqualTo(type);
        assertThat(blkid.label()).isEqualTo(label);
        assertThat(blkid.isEmpty()).isEqualTo(recorded.equals("blank"));
    }

    @Test
    void partitionTableIsNotNothing() {
        assertThat(Blkid.parse(Recorded.text("blkid/dos.txt")).values()).containsEntry("PTTYPE", "dos");
    }

    @Test
    void wipefsSeesWhatDrbdHidesFromBlkid() {
        Wipefs wipefs = Wipefs.parse(Recorded.text("wipefs/drbd-over-ext4.json"));
        assertThat(wipefs.types()).containsExactly("drbd", "ext4");
        assertThat(wipefs.signatures().get(1).label()).isEqualTo("web data");
        assertThat(wipefs.signatures().get(1).offset()).isEqualTo(0x438);
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, ext4",
        "ext4-odd-label, ext4",
        "ocfs2, ocfs2",
        "drbd-v08, drbd",
        "drbd-v09, drbd",
        "swap, swap",
        "lvm, LVM2_member",
        "dos, dos"
    })
    void wipefsIsRead(String recorded, String type) {
        String json = Recorded.text("wipefs/" + recorded + ".json");
        assertThat(Wipefs.parse(json).types()).containsExactly(type);
        Recorded.cuts(json.strip())
                .filter(cut -> !cut.isBlank())
                .forEach(cut -> assertThatThrownBy(() -> Wipefs.parse(cut)).isInstanceOf(TextFormatException.class));
    }

    @Test
    void nothingFoundByWipefsIsEmpty() {
        assertThat(Wipefs.parse(Recorded.text("wipefs/blank.json")).isEmpty()).isTrue();
        assertThat(Wipefs.parse("").isEmpty()).isTrue();
        assertThatThrownBy(() -> Wipefs.parse("{}")).isInstanceOf(TextFormatException.class);
        assertThatThrownBy(() -> Wipefs.parse("{\"signatures\":[{}]}")).isInstanceOf(TextFormatException.class);
    }

    @Test
    void labelsOfWipefsAreWhole() {
        assertThat(Wipefs.parse(Recorded.text("wipefs/ext4-odd-label.json"))
                        .signatures()
                        .get(0)
                        .label())
                .isEqualTo("a'b\"c\\ d,é");
    }
}
