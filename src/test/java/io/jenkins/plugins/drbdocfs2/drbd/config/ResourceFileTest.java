package io.jenkins.plugins.drbdocfs2.drbd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceFileTest {
    private static final String NEW = ResourceText.HEADER + "resource r0 {\n  protocol C;\n}\n";
    private static final String R1 = "resource r1 { # mine\n\tprotocol A;\n  net{cram-hmac-alg \"sha1\" ;}\n}";

    @Test
    void rewritesAFileThatHoldsOnlyTheResource() {
        assertThat(ResourceFile.with(null, "r0", NEW)).isEqualTo(NEW);
        assertThat(ResourceFile.with("", "r0", NEW)).isEqualTo(NEW);
        assertThat(ResourceFile.with("# old\nresource \"r0\" { protocol A; }\n", "r0", NEW))
                .isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                R1,
                "common { net { ping-int 20; } }",
                "global { usage-count no; }",
                "include \"other/*.res\";",
                "skip resource r2 { nonsense; }",
                "template-file \"x\";"
            })
    void keepsOtherContentByteByByte(String other) {
        String before = "# top\r\n" + other + "\n\nresource r0 {\n protocol A; }  # tail\n" + "# between\n"
                + other.replace("r1", "r3") + "\n# end";
        String after = ResourceFile.with(before, "r0", NEW);
        assertThat(after).isEqualTo(before.replace("resource r0 {\n protocol A; }", NEW.stripTrailing()));
        assertThat(ResourceFile.with(after, "r0", NEW)).isEqualTo(after);
        assertThat(ConfigText.parse(after).items()).hasSize(3);
    }

    @Test
    void replacesTheHeaderTogetherWithItsSection() {
        String accepted =
                ResourceText.HEADER + ResourceText.UNFENCED_ACCEPTED + NEW.substring(ResourceText.HEADER.length());
        String both = ResourceFile.with(R1 + "\n", "r0", accepted);
        assertThat(both).isEqualTo(R1 + "\n\n" + accepted);
        assertThat(ResourceFile.with(both, "r0", NEW)).isEqualTo(R1 + "\n\n" + NEW);
    }

    @Test
    void appendsToAFileThatHoldsAnotherResource() {
        assertThat(ResourceFile.with(R1, "r0", NEW)).isEqualTo(R1 + "\n\n" + NEW);
    }

    @Test
    void doesNotReplaceAnUnreadableFile() {
        assertThatThrownBy(() -> ResourceFile.with("resource r0 { protocol C;\n" + R1, "r0", NEW))
                .isInstanceOf(TextFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"include \"net.inc\";", "template-file \"x\";", "net { include \"x\"; }"})
    void doesNotReplaceASectionThatIncludesOtherText(String inner) {
        assertThatThrownBy(() -> ResourceFile.with("resource r0 { protocol C; " + inner + " }", "r0", NEW))
                .isInstanceOf(TextFormatException.class)
                .hasMessageContaining("takes in other text");
    }
}
