package io.jenkins.plugins.drbdocfs2.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RawTextTest {
    @Test
    void keepsUtf8TextUnchanged() {
        String text = "für \uD83D\uDE00 und 漢字\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(RawText.decode(bytes)).isEqualTo(text);
        assertThat(RawText.encode(text)).isEqualTo(bytes);
        assertThat(RawText.isRaw(text)).isFalse();
        assertThat(RawText.shown(text)).isEqualTo(text);
    }

    @Test
    void restoresAnyBytes() {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void keepsTheBytesOfATruncatedCharacter() {
        byte[] cut = {'a', (byte) 0xE6, (byte) 0xBC};
        String text = RawText.decode(cut);
        assertThat(RawText.isRaw(text)).isTrue();
        assertThat(RawText.shown(text)).isEqualTo("a\uFFFD\uFFFD");
        assertThat(RawText.encode(text)).isEqualTo(cut);
    }
}
