package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.remote.LineSplitter;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HugeOutputTest {
    private static final long SIZE = 1L << 30;
    private static final int LIMIT = 100_000;

    @Test
    void limitsTheMemoryForOneGibibyteOfOutput() throws Exception {
        try (TestServer server = new TestServer().start();
                SshRemote remote = server.remote()) {
            remote.run(Script.of("head -c 10000000 /dev/zero"));
            long before = usedHeap();
            AtomicLong most = new AtomicLong();
            AtomicLong lines = new AtomicLong();
            Script script = Script.of("echo first; head -c " + SIZE + " /dev/zero; echo; echo last")
                    .withTimeout(Duration.ofMinutes(2))
                    .withOutputLimit(LIMIT);
            ScriptResult result = remote.run(script, line -> {
                // Rarely, because it collects garbage
                if (lines.incrementAndGet() % 4096 == 0) {
                    most.accumulateAndGet(usedHeap(), Math::max);
                }
            });
            assertThat(result.stdout())
                    .startsWith("first\n\0")
                    .endsWith("\0\nlast\n")
                    .hasSizeLessThan(LIMIT + 100);
            assertThat(result.stdout()).contains("[... " + (SIZE + 12 - LIMIT) + " bytes left out ...]");
            assertThat(lines.get()).isGreaterThanOrEqualTo(SIZE / LineSplitter.MAX_LINE);
            assertThat(most.get() - before).isLessThan(32L << 20);
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
