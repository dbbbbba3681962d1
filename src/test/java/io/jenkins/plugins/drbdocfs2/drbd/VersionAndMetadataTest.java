package io.jenkins.plugins.drbdocfs2.drbd;

import static io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Flag;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionAndMetadataTest {
    @ParameterizedTest
    @CsvSource({"v08", "v09"})
    void newMetadataIsJustCreated(String format) {
        GenerationIds ids = GenerationIds.parse(Recorded.text("drbdmeta/get-gi-" + format + "-new.txt"));
        assertThat(ids.justCreated()).isTrue();
        assertThat(ids.bitmap()).isZero();
        assertThat(ids.history()).containsExactly(0L, 0L);
        assertThat(ids.flags()).isEqualTo(format.equals("v08") ? Set.of() : Set.of(Flag.ACTIVITY_LOG_CLEAN));
    }

    @ParameterizedTest
    @CsvSource({"get-gi-v08-used", "get-gi-v09-used", "show-gi-v08-used"})
    void usedMetadataIsNotJustCreated(String name) {
        GenerationIds ids = GenerationIds.parse(Recorded.text("drbdmeta/" + name + ".txt"));
        assertThat(ids.justCreated()).isFalse();
        assertThat(ids.current() | 1).isEqualTo(0x1A2B3C4D5E6F7081L);
        assertThat(ids.bitmap()).isEqualTo(0x90A1B2C3D4E5F607L);
        assertThat(ids.flags()).contains(Flag.CONSISTENT, Flag.WAS_UP_TO_DATE);
    }

    @Test
    void ignoresThePrimaryBit() {
        assertThat(new GenerationIds(5, 0, List.of(), Set.of()).justCreated()).isTrue();
        assertThat(ids(0x81, 0).relationTo(ids(0x80, 0))).isEqualTo(Relation.SAME);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, 0,       4, 0, 0,       BOTH_NEW",
        "4, 0, 0,       80, 0, 0,      NEW",
        "80, 0, 0,      4, 0, 0,       PEER_NEW",
        "80, 0, 0,      81, 0, 0,      SAME",
        "A0, 80, 0,     80, 0, 0,      AHEAD",
        "80, 0, 0,      A0, 81, 0,     BEHIND",
        "A0, 80, 0,     B0, 80, 0,     SPLIT_BRAIN",
        "A0, 0, 80,     80, 0, 0,      FAR_AHEAD",
        "80, 0, 0,      A0, 0, 80,     FAR_BEHIND",
        "A0, 90, 80,    B0, 0, 80,     SPLIT_BRAIN",
        "A0, 80, 0,     B0, 0, 80,     SPLIT_BRAIN",
        "A0, 0, 0,      B0, 0, 0,      UNRELATED",
        "A0, 90, 91,    B0, 70, 71,    UNRELATED"
    })
    void comparesGenerationIdentifiers(
            String current,
            String bitmap,
            String history,
            String current2,
            String bitmap2,
            String history2,
            Relation is) {
        assertThat(ids(current, bitmap, history).relationTo(ids(current2, bitmap2, history2)))
                .isEqualTo(is);
    }

    private static GenerationIds ids(long current, long bitmap) {
        return new GenerationIds(current, bitmap, List.of(), Set.of());
    }

    private static GenerationIds ids(String current, String bitmap, String history) {
        return new GenerationIds(
                Long.parseLong(current, 16),
                Long.parseLong(bitmap, 16),
                List.of(Long.parseLong(history, 16), 0L),
                Set.of());
    }

    @Test
    void refusesTruncatedIdentifiers() {
        for (String format : List.of("v08", "v09")) {
            Recorded.cuts(Recorded.text("drbdmeta/get-gi-" + format + "-used.txt")
                            .strip())
                    .filter(cut -> cut.chars().filter(c -> c == ':').count() != 10 || cut.endsWith(":"))
                    .forEach(cut ->
                            assertThatThrownBy(() -> GenerationIds.parse(cut)).isInstanceOf(TextFormatException.class));
        }
    }

    @ParameterizedTest
    @CsvSource({"8.3.0, 88, V83,", "8.4.0, 1, V84,", "9.1.0, 2, V9, 9.1.0"})
    void versionDeterminesTheGeneration(String recorded, int api, DrbdGeneration generation, String kernel) {
        DrbdVersion version = DrbdVersion.parse(Recorded.text("drbdadm/version-" + recorded + ".txt"));
        assertThat(version).isEqualTo(new DrbdVersion("9.22.0", kernel, api));
        assertThat(version.generation()).isEqualTo(generation);
        assertThat(version.moduleLoaded()).isEqualTo(kernel != null);
    }

    @Test
    void moduleDeterminesTheGeneration() {
        DrbdVersion version =
                DrbdVersion.parse("DRBDADM_API_VERSION=1\nDRBD_KERNEL_VERSION_CODE=0x08040b\nDRBDADM_VERSION=9.22.0\n");
        assertThat(version).isEqualTo(new DrbdVersion("9.22.0", "8.4.11", 1));
        assertThat(version.generation()).isEqualTo(DrbdGeneration.V84);
        assertThat(DrbdVersion.parse("DRBDADM_VERSION=8.3.7\nDRBD_KERNEL_VERSION_CODE=0x080307\n")
                        .generation())
                .isEqualTo(DrbdGeneration.V83);
        assertThatThrownBy(() -> DrbdVersion.parse("drbdadm: not found")).isInstanceOf(TextFormatException.class);
    }

    /** Sizes in KiB, as written by drbdmeta. */
    @ParameterizedTest
    @CsvSource({
        "1073741824, 1, 68",
        "1073741824, 31, 1028",
        "10737418240, 1, 356",
        "107374182400, 1, 3236",
        "1099511627776, 1, 32804",
        "1099511627776, 31, 1015844"
    })
    void computesTheExactMetadataSize(long bytes, int peers, long kib) {
        assertThat(MetadataSize.bytes(bytes, peers)).isEqualTo(kib * 1024);
        assertThat(MetadataSize.dataBytes(bytes, peers)).isEqualTo(bytes - kib * 1024);
    }
}
