package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.hostile.BoundedRun;
import io.jenkins.plugins.drbdocfs2.hostile.HostileText;
import io.jenkins.plugins.drbdocfs2.hostile.Mutation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A stream of events that arrives otherwise, or ends at whatever byte, never shows as done what is not. */
class HostileEventStreamsTest {
    private static final Duration SAFETY_NET = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 1L << 30;
    private static final Duration STALL = Duration.ofDays(1);

    /**
     * @param name what is waited for
     * @param watch waits for it
     * @param stream what is printed while it has not come
     * @param last what is printed when it comes
     */
    private record Waiting(String name, Supplier<Watch> watch, String stream, String last) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String dump(String connection, String replication, String peerDisk, long outOfSync, int size) {
        StringBuilder text = new StringBuilder("exists resource name:r0 role:Primary suspended:no\n"
                + "exists connection name:r0 peer-node-id:0 conn-name:peer connection:" + connection
                + " role:Secondary\n");
        for (int volume = 0; volume < 2; volume++) {
            text.append("exists device name:r0 volume:" + volume + " minor:" + volume + " disk:UpToDate size:" + size
                    + "\n");
        }
        for (int volume = 0; volume < 2; volume++) {
            // The first volume is done
            boolean done = volume == 0 && connection.equals("Connected");
            text.append("exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:" + volume + " replication:"
                    + (done ? "Established" : replication) + " peer-disk:" + (done ? "UpToDate" : peerDisk)
                    + " resync-suspended:no out-of-sync:" + (done ? 0 : outOfSync) + "\n");
        }
        return text + "exists -\n";
    }

    private static final String DONE = dump("Connected", "Established", "UpToDate", 0, 2048);

    private static final List<Waiting> ALL = List.of(
            new Waiting(
                    "synchronisation",
                    () -> new SyncWatch("r0", "sv1", Set.of(0, 1), STALL, System::nanoTime, news -> {}),
                    dump("Connected", "SyncSource", "Inconsistent", 1000, 1024),
                    DONE),
            new Waiting(
                    "connection",
                    () -> new ConnectionWatch("r0", "sv1", Set.of(0, 1)),
                    dump("Connecting", "Off", "DUnknown", 0, 1024)
                            + "change connection name:r0 peer-node-id:0 conn-name:peer connection:Connected\n",
                    DONE),
            new Waiting(
                    "verify",
                    () -> new VerifyWatch("r0", "sv1", Set.of(0, 1), STALL, System::nanoTime, news -> {}),
                    dump("Connected", "VerifyS", "UpToDate", 0, 1024),
                    DONE),
            new Waiting(
                    "recorded verify",
                    () -> new VerifyWatch("r0", "sv1", Set.of(0, 1), STALL, System::nanoTime, news -> {}),
                    running(Recorded.text("life84/verify-stream.txt")),
                    DONE),
            new Waiting(
                    "growth",
                    () -> new ResizeWatch("r0", "sv1", Map.of(0, 1024L, 1, 1024L), STALL, System::nanoTime, news -> {}),
                    dump("Connected", "SyncSource", "Inconsistent", 1000, 2048).repeat(3),
                    DONE + DONE));

    /** What was printed before the last event. */
    private static String running(String stream) {
        return stream.substring(0, stream.lastIndexOf("\nchange peer-device") + 1);
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return Mutation.any();
    }

    @Provide
    Arbitrary<Waiting> waiting() {
        return Arbitraries.of(ALL);
    }

    /** Whether what is waited for has come, as far as the lines of the text show; a last line without end is one too. */
    private static boolean comes(Waiting waiting, String stream) {
        Watch watch = waiting.watch().get();
        boolean come = false;
        try {
            for (String line : stream.split("\n")) {
                come |= watch.line(line) && !watch.hasLostLines();
            }
        } catch (StepFailure | TextFormatException e) {
            // It is told that it cannot come, or cannot be known
        }
        return come;
    }

    @Example
    void whatIsWaitedForComesWithTheLastLinesOnly() {
        for (Waiting waiting : ALL) {
            assertThat(comes(waiting, waiting.stream())).as(waiting.name()).isFalse();
            assertThat(comes(waiting, waiting.stream() + waiting.last()))
                    .as(waiting.name())
                    .isTrue();
        }
    }

    @Example
    void aStreamThatEndsAtWhateverByteShowsNothingAsDone() {
        for (Waiting waiting : ALL) {
            for (int end = 0; end < Math.min(4000, waiting.stream().length()); end++) {
                assertThat(comes(waiting, waiting.stream().substring(0, end)))
                        .as("%s, %s bytes", waiting, end)
                        .isFalse();
            }
        }
    }

    @Property(seed = HostileText.SEED)
    void aStreamThatArrivesOtherwiseShowsNothingAsDone(
            @ForAll("waiting") Waiting waiting, @ForAll("mutations") Mutation mutation) throws Throwable {
        String stream = mutation.of(waiting.stream());
        assertThat(BoundedRun.run(SAFETY_NET, MOST_BYTES, () -> comes(waiting, stream)))
                .isFalse();
    }
}
