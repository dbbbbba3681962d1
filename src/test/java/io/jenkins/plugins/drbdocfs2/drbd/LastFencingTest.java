package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastFencingTest {
    @Test
    void readsTheRecordOfTheHandler() {
        assertThat(LastFencing.parse(new Reading(0, "1790000000 r0 sv2 fenced sv2 is off, as its device says\n")))
                .contains(new LastFencing(
                        Instant.ofEpochSecond(1790000000), "r0", "sv2", "fenced", "sv2 is off, as its device says"));
        assertThat(LastFencing.parse(new Reading(0, ""))).isEmpty();
    }

    @Test
    void refusesAnUnreadableRecord() {
        assertThatThrownBy(() -> LastFencing.parse(new Reading(1, ""))).isInstanceOf(TextFormatException.class);
        assertThatThrownBy(() -> LastFencing.parse(new Reading(0, "yesterday")))
                .isInstanceOf(TextFormatException.class);
    }
}
