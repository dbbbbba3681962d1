package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final Refusal WHOLE = Refusal.of(NodeRefusal.OTHER_NAME)
            .on("sv1")
            .found("/dev/sdb holds ext4")
            .wouldLose("It would be lost")
            .allowedBy("overwrite: 'ext4'")
            .remedy("Name another device");

    @Test
    void textIsTheNodeFollowedBySentences() {
        assertThat(WHOLE.text()).isEqualTo("sv1: /dev/sdb holds ext4. It would be lost. Name another device.");
    }

    @Test
    void textOmitsMissingParts() {
        assertThat(Refusal.of(NodeRefusal.NOT_ROOT).found("the port is in use").text())
                .isEqualTo("the port is in use.");
    }

    @Test
    void mapHasAllPartsInOrder() {
        assertThat(WHOLE.toMap())
                .containsExactly(
                        entry("id", "node.other-name"),
                        entry("node", "sv1"),
                        entry("finding", "/dev/sdb holds ext4"),
                        entry("loss", "It would be lost"),
                        entry("allowedBy", "overwrite: 'ext4'"),
                        entry("remedy", "Name another device"));
    }

    @Test
    void mapOmitsMissingParts() {
        assertThat(Refusal.of(NodeRefusal.NOT_ROOT).found("the port is in use").toMap())
                .containsExactly(entry("id", "node.not-root"), entry("finding", "the port is in use"));
    }
}
