package io.jenkins.plugins.drbdocfs2.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadTailBufferTest {
    private static String captured(int limit, String text, int chunk) {
        HeadTailBuffer buffer = new HeadTailBuffer(limit);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += chunk) {
            buffer.write(bytes, i, Math.min(chunk, bytes.length - i));
        }
        return buffer.text();
    }

    @Test
    void keepsEverythingUpToTheLimit() {
        for (int chunk = 1; chunk < 12; chunk++) {
            assertThat(captured(10, "0123456789", chunk)).isEqualTo("0123456789");
        }
    }

    @Test
    void keepsHeadAndTailOfLongerText() {
        for (int chunk = 1; chunk < 40; chunk++) {
            assertThat(captured(10, "abcdefghijklmnopqrstuvwxyz", chunk))
                    .isEqualTo("abcde\n[... 16 bytes left out ...]\nvwxyz");
        }
    }

    @Test
    void omitsCharactersThatTheGapCuts() {
        assertThat(captured(10, "abcd€fghijklm€opq", 3)).isEqualTo("abcd\n[... 14 bytes left out ...]\nopq");
    }

    @Test
    void replacesInvalidUtf8() {
        HeadTailBuffer buffer = new HeadTailBuffer(100);
        buffer.write(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82}, 0, 5);
        assertThat(buffer.text()).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void keepsAPartOfBytesThatAreNotText() {
        HeadTailBuffer buffer = new HeadTailBuffer(8);
        byte[] bytes = new byte[100];
        java.util.Arrays.fill(bytes, (byte) 0x80);
        buffer.write(bytes, 0, bytes.length);
        assertThat(buffer.text()).contains("\ufffd\n[... 92 bytes left out ...]\n\ufffd");
    }
}
