package io.jenkins.plugins.drbdocfs2.drbd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OptionTranslationTest {
    private static String translated(String options, DrbdGeneration generation) {
        OptionTranslation.Translation words =
                OptionTranslation.translate(ResourceOptions.parse(options).sections(), generation);
        return new ConfigText(List.copyOf(words.sections()))
                .render()
                .replaceAll("\\s+", " ")
                .strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "syncer { rate 1G; }|syncer { rate 1G; }|disk { resync-rate 1G; c-plan-ahead 0; }|disk { resync-rate 1G; c-plan-ahead 0; }",
                "disk { resync-rate 1G; }|syncer { rate 1G; }|disk { resync-rate 1G; }|disk { resync-rate 1G; }",
                "syncer { rate 1G; c-plan-ahead 20; }|syncer { c-plan-ahead 20; rate 1G; }|disk { resync-rate 1G; c-plan-ahead 20; }|disk { resync-rate 1G; c-plan-ahead 20; }",
                "syncer { verify-alg sha1; }|syncer { verify-alg sha1; }|net { verify-alg sha1; }|net { verify-alg sha1; }",
                "net { verify-alg sha1; }|syncer { verify-alg sha1; }|net { verify-alg sha1; }|net { verify-alg sha1; }",
                "syncer { after r1; }|syncer { after r1; }|disk { resync-after r1/0; }|disk { resync-after r1/0; }",
                "disk { fencing resource-only; }|disk { fencing resource-only; }|disk { fencing resource-only; }|net { fencing resource-only; }",
                "net { fencing resource-only; }|disk { fencing resource-only; }|disk { fencing resource-only; }|net { fencing resource-only; }",
                "disk { no-disk-flushes; }|disk { no-disk-flushes; }|disk { disk-flushes no; }|disk { disk-flushes no; }",
                "disk { disk-flushes yes; }|-|disk { disk-flushes yes; }|disk { disk-flushes yes; }",
                "net { always-asbp yes; }|net { always-asbp; }|net { always-asbp yes; }|net { always-asbp yes; }",
                "net { use-rle yes; }|syncer { use-rle; }|net { use-rle yes; }|net { use-rle yes; }",
                "options { cpu-mask 3; }|syncer { cpu-mask 3; }|options { cpu-mask 3; }|options { cpu-mask 3; }",
                "startup { become-primary-on both; }|startup { become-primary-on both; }|startup { become-primary-on both; }|-",
                "net { unplug-watermark 9; }|net { unplug-watermark 9; }|net { unplug-watermark 9; }|-",
                "handlers { outdate-peer \"/x\"; }|handlers { fence-peer /x; }|handlers { fence-peer \"/x\"; }|handlers { fence-peer \"/x\"; }",
                "syncer { throttle-threshold 1; }|syncer { throttle-threshold 1; }|-|-",
                "net { timeout 1; timeout 2; } net { ping-int 3; }|net { timeout 2; ping-int 3; }|net { timeout 2; ping-int 3; }|net { timeout 2; ping-int 3; }"
            })
    void writesOptionsInTheSectionsOfEachGeneration(String options, String v83, String v84, String v9) {
        assertThat(translated(options, DrbdGeneration.V83).replace("\"", "")).isEqualTo(v83 == null ? "" : v83);
        assertThat(translated(options, DrbdGeneration.V84)).isEqualTo(v84 == null ? "" : v84);
        assertThat(translated(options, DrbdGeneration.V9)).isEqualTo(v9 == null ? "" : v9);
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void translatingTwiceChangesNothing(DrbdGeneration generation) {
        List<ConfigText.Section> once = OptionTranslation.translate(
                        ResourceOptions.parse(ResourceTextTest.OLD_OPTIONS).sections(), generation)
                .sections();
        assertThat(OptionTranslation.translate(once, generation).sections()).isEqualTo(once);
        assertThat(OptionTranslation.translate(once, generation).notes()).isEmpty();
    }

    @Test
    void explainsAFixedRate() {
        List<String> notes = OptionTranslation.translate(
                        ResourceOptions.parse("syncer { rate 1G; }").sections(), DrbdGeneration.V84)
                .notes();
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).isEqualTo("syncer { rate } is written as disk { resync-rate }");
        assertThat(notes.get(1)).contains("c-plan-ahead 0", "c-max-rate");
    }

    @Test
    void notesContainNoValues() {
        assertThat(OptionTranslation.translate(
                                ResourceOptions.parse("net { unplug-watermark 77; shared-secret s3cret; }")
                                        .sections(),
                                DrbdGeneration.V9)
                        .notes()
                        .toString())
                .contains("unplug-watermark")
                .doesNotContain("77", "s3cret");
    }
}
