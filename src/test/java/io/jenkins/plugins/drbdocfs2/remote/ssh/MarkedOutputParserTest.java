package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MarkedOutputParserTest {
    /** Records the calls. */
    private static class Recorder implements MarkedOutputParser.Listener {
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
        public void ended(int exitCode, boolean left) {
            text.append('>').append(exitCode).append(left ? "+" : "");
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
    void recognizesThatTheScriptLeftProcesses() {
        for (int chunk = 1; chunk <= 9; chunk++) {
            Recorder seen = new Recorder();
            MarkedOutputParser each = new MarkedOutputParser("M", seen);
            byte[] bytes = "\u001eM+\n\u001eM-+\n\u001eM-12+\n".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += chunk) {
                each.write(bytes, i, Math.min(chunk, bytes.length - i));
            }
            assertThat(seen.text).hasToString("<\u001eM-+\n>12+");
        }
    }

    /** The listener waits for a lock whose owner may ask for the noise. */
    @Test
    @Timeout(20)
    void tellsTheNoiseWhileTheListenerWaits() throws Exception {
        CompletableFuture<String> noise = new CompletableFuture<>();
        AtomicReference<MarkedOutputParser> waiting = new AtomicReference<>();
        waiting.set(new MarkedOutputParser("M", new Recorder() {
            @Override
            public void begun() {
                Thread other = new Thread(() -> noise.complete(waiting.get().noise()));
                other.start();
                noise.join();
            }
        }));
        Thread connection =
                new Thread(() -> waiting.get().write("before\u001eM+\n".getBytes(StandardCharsets.UTF_8), 0, 10));
        connection.setDaemon(true);
        connection.start();
        assertThat(noise.get(10, TimeUnit.SECONDS)).isEqualTo("before");
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
