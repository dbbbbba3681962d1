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

/** A damaged or truncated event stream never ends a wait too early. */
class HostileEventStreamsTest {
    private static final Duration SAFETY_NET = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 1L << 30;
    private static final Duration STALL = Duration.ofDays(1);

    /**
     * @param name the goal
     * @param watch creates the watch
     * @param stream the lines before the goal
     * @param last the lines that reach the goal
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
            // The first volume has reached the goal
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
                    () -> new SyncWatch("r0", "sv1", Set.of(0, 1), STALL, System::nanoTime, progress -> {}),
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
                    () -> new VerifyWatch("r0", "sv1", Set.of(0, 1), STALL, System::nanoTime, progress -> {}),
                    dump("Connected", "VerifyS", "UpToDate", 0, 1024),
                    DONE),
            new Waiting(
                    "recorded verify",
                    () -> new VerifyWatch("r0", "sv1", Set.of(0, 1), STALL, System::nanoTime, progress -> {}),
                    running(Recorded.text("life84/verify-stream.txt")),
                    DONE),
            new Waiting(
                    "growth",
                    () -> new ResizeWatch(
                            "r0", "sv1", Map.of(0, 1024L, 1, 1024L), STALL, System::nanoTime, progress -> {}),
                    dump("Connected", "SyncSource", "Inconsistent", 1000, 2048).repeat(3),
                    DONE + DONE));

    /** The stream without its last event. */
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

    /** Whether the watch reaches its goal with these lines; a last line without line end counts. */
    private static boolean reached(Waiting waiting, String stream) {
        Watch watch = waiting.watch().get();
        boolean reachedGoal = false;
        try {
            for (String line : stream.split("\n")) {
                reachedGoal |= watch.line(line) && !watch.hasLostLines();
            }
        } catch (StepFailure | TextFormatException e) {
            // The watch reports that the goal is impossible or unknown
        }
        return reachedGoal;
    }

    @Example
    void endsOnlyWithTheLastLines() {
        for (Waiting waiting : ALL) {
            assertThat(reached(waiting, waiting.stream())).as(waiting.name()).isFalse();
            assertThat(reached(waiting, waiting.stream() + waiting.last()))
                    .as(waiting.name())
                    .isTrue();
        }
    }

    @Example
    void doesNotEndOnATruncatedStream() {
        for (Waiting waiting : ALL) {
            for (int end = 0; end < Math.min(4000, waiting.stream().length()); end++) {
                assertThat(reached(waiting, waiting.stream().substring(0, end)))
                        .as("%s, %s bytes", waiting, end)
                        .isFalse();
            }
        }
    }

    @Property(seed = HostileText.SEED)
    void doesNotEndOnADamagedStream(@ForAll("waiting") Waiting waiting, @ForAll("mutations") Mutation mutation)
            throws Throwable {
        String stream = mutation.of(waiting.stream());
        assertThat(BoundedRun.run(SAFETY_NET, MOST_BYTES, () -> reached(waiting, stream)))
                .isFalse();
    }
}
