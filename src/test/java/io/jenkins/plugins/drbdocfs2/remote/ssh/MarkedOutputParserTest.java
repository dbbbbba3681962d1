package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MarkedOutputParserTest {
    /** Records the calls. */
    private static final class Recorder implements MarkedOutputParser.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void begun() {
            text.append('<');
        }

        @Override
        public void printed(byte[] bytes, int offset, int length) {
            text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void ended(int exitCode) {
            text.append('>').append(exitCode);
        }

        @Override
        public void closed() {
            text.append('.');
        }
    }

    private final Recorder recorder = new Recorder();
    private final MarkedOutputParser parser = new MarkedOutputParser("M", recorder);

    private void write(String text, int chunk) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += chunk) {
            parser.write(bytes, i, Math.min(chunk, bytes.length - i));
        }
    }

    @Test
    void separatesTheScriptsOutputFromNoise() {
        String all = "noise\n\u001eM+\nout\n\u001eM-137\nlater\u001eM-0\n";
        for (int chunk = 1; chunk <= all.length(); chunk++) {
            Recorder seen = new Recorder();
            MarkedOutputParser each = new MarkedOutputParser("M", seen);
            byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += chunk) {
                each.write(bytes, i, Math.min(chunk, bytes.length - i));
            }
            assertThat(seen.text).hasToString("<out\n>137");
            assertThat(each.noise()).isEqualTo("noise\n");
        }
    }

    @Test
    void passesOnTextThatOnlyResemblesAMark() {
        write("\u001eM+\na\u001eb\u001eM\u001e\u001eMx\u001eM-7\n", 1);
        assertThat(recorder.text).hasToString("<a\u001eb\u001eM\u001e\u001eMx>7");
    }

    @Test
    void findsAMarkRightAfterTextThatResemblesOne() {
        write("\u001eM+\n\u001eM\u001eM-0\n", 2);
        assertThat(recorder.text).hasToString("<\u001eM>0");
    }

    @Test
    void limitsTheNoiseThatItKeeps() {
        write("x".repeat(100_000), 1000);
        assertThat(parser.noise()).hasSize(4096);
        parser.close();
        assertThat(recorder.text).hasToString(".");
    }

    @Test
    void passesOnAtOnceWhatCannotBeAMark() {
        write("\u001eM+\nprogress 10%", 100);
        assertThat(recorder.text).hasToString("<progress 10%");
    }
}
