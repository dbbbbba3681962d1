package io.jenkins.plugins.drbdocfs2.drbd.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataAreaTest {
    /** A v09 superblock written by drbdmeta for three peers on a disk of 96 MiB, with la-size still 0. */
    private static final String V9 = "0 /dev/x internal 100663296 100659200 00000000 00000000 00000000 00000004"
            + " 00000000".repeat(10)
            + " 00000080 8374026d 00000060 ffffffc0 00000101 ffffffa8 00001000 00000000 00000003 ffffffff 00000001"
            + " 00000008 00000000 00000000 00000000 00000000 00000000 00000000";

    private static Map<Integer, MetadataArea> parse(String text) {
        return MetadataArea.parse(new Reading(0, text));
    }

    @Test
    void internalMetadataEndsWithTheDiskAndHasTheComputedSize() {
        MetadataArea area = parse(Recorded.text("life84/areas-internal.txt")).get(0);
        assertThat(area.end()).isEqualTo(96L << 20);
        assertThat(area.end() - area.begin()).isEqualTo(MetadataSize.bytes(96L << 20, 1));
        assertThat(area.restBegin()).isEqualTo(area.begin());
        assertThat(area.restBegin() + area.restBytes()).isEqualTo(area.superblock());
    }

    @Test
    void externalMetadataEndsWithItsBitmapNotWithTheDevice() {
        MetadataArea area =
                parse(Recorded.text("life84/areas-flex-external.txt")).get(0);
        assertThat(area.begin()).isZero();
        assertThat(area.end()).isEqualTo(MetadataSize.bytes(96L << 20, 1));
        assertThat(area.restBegin()).isEqualTo(4096);
        assertThat(area.restBegin() + area.restBytes()).isEqualTo(area.end());
    }

    @Test
    void drbd9MetadataHasABitmapPerPeer() {
        MetadataArea area = parse(V9).get(0);
        assertThat(area.end() - area.begin()).isEqualTo(MetadataSize.bytes(96L << 20, 3));
    }

    @Test
    void unusedExternalMetadataHasTheSizeOfItsSuperblock() {
        String text = Recorded.text("life84/areas-flex-external.txt")
                .replaceFirst("00000000 00030000", "00000000 00000000")
                .replace("8374026c", "8374026d");
        MetadataArea area = parse(text).get(0);
        assertThat(area.restBegin()).isEqualTo(4096);
        assertThat(area.end()).isEqualTo(8L << 20);
        MetadataArea slot = parse(text.replace("flex-external 8388608 0", "1 1073741824 134217728")
                        .replace("00004000", "00040000"))
                .get(0);
        assertThat(slot.begin()).isEqualTo(128L << 20);
        assertThat(slot.end()).isEqualTo(256L << 20);
    }

    @Test
    void recognisesASlotOfASharedDeviceAsIndexed() {
        String text = Recorded.text("life84/areas-flex-external.txt")
                .replace("flex-external 8388608 0", "1 1073741824 134217728");
        MetadataArea area = parse(text).get(0);
        assertThat(area.isIndexed()).isTrue();
        assertThat(area.begin()).isEqualTo(128L << 20);
    }

    @Test
    void findsNoAreaWithoutASuperblock() {
        assertThat(parse("0 /dev/x internal 100663296 100659200" + " 00000000".repeat(32)))
                .isEmpty();
        assertThat(parse(V9.replace("8374026d", "8374026e"))).isEmpty();
        assertThat(parse("")).isEmpty();
    }

    @Test
    void ignoresAnAreaThatExceedsTheDevice() {
        assertThat(parse(V9.replace("ffffffa8", "80000000"))).isEmpty();
        assertThat(parse(V9.replace("ffffffa8", "00000048"))).isEmpty();
        assertThat(parse(Recorded.text("life84/areas-flex-external.txt").replace("8388608", "4096")))
                .isEmpty();
    }

    @Test
    void readsTruncatedOutputWithoutException() {
        Recorded.onEachCut(V9, IllegalStateException.class, MetadataAreaTest::parse);
    }
}
