package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifyWatchTest {
    private static final List<String> STREAM =
            Recorded.text("life84/verify-stream.txt").lines().toList();
    private static final int HEAD = 5;

    private final AtomicLong seconds = new AtomicLong();
    private final List<String> messages = new ArrayList<>();
    private final VerifyWatch watch = new VerifyWatch(
            "r0", "sv1", Set.of(0), Duration.ofSeconds(60), () -> seconds.get() * 1_000_000_000L, messages::add);

    @Test
    void followsARecordedVerifyWithProgressFromProcDrbd() throws Exception {
        int ended = -1;
        for (int i = 0; i < STREAM.size() && ended < 0; i++) {
            ended = watch.line(STREAM.get(i)) ? i : -1;
        }
        assertThat(STREAM.get(ended)).contains("replication:Established").contains("out-of-sync:100");
        assertThat(messages.get(0)).contains("% compared, 0 KiB differ so far");
        assertThat(messages).hasSizeBetween(4, 11);
        assertThat(messages.get(messages.size() - 1)).contains("100 KiB differ so far");
    }

    @Test
    void endsIfTheVerifyIsAlreadyOver() throws Exception {
        boolean done = false;
        for (String line : STREAM.subList(0, HEAD)) {
            done = watch.line(line.replace("VerifyS", "Established"));
        }
        assertThat(done).isTrue();
    }

    @Test
    void readsPercentFromEventsOfDrbd9() throws Exception {
        head();
        for (String line : STREAM.subList(0, HEAD)) {
            watch.line("now " + line.replace("resync-suspended:no", "resync-suspended:no done:37.50"));
        }
        assertThat(messages).containsExactly("38 % compared, 0 KiB differ so far");
    }

    @Test
    void failsIfTheConnectionIsLost() throws Exception {
        head();
        assertThatThrownBy(
                        () -> watch.line(
                                "change connection name:r0 peer-node-id:0 conn-name:peer connection:NetworkFailure role:Unknown"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1, 'r0' lost its connection while its data were compared");
    }

    @Test
    void failsIfTheResourceIsTakenDown() throws Exception {
        head();
        assertThatThrownBy(() -> watch.line("destroy resource name:r0"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("was taken down");
    }

    @Test
    void failsWithoutProgress() throws Exception {
        head();
        dump();
        seconds.set(59);
        dump();
        seconds.set(61);
        assertThatThrownBy(this::dump)
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("made no progress for 60 s");
    }

    private void head() throws StepFailure {
        for (String line : STREAM.subList(0, HEAD)) {
            watch.line(line);
        }
    }

    private void dump() throws StepFailure {
        for (String line : STREAM.subList(0, HEAD)) {
            watch.line("now " + line);
        }
    }
}
