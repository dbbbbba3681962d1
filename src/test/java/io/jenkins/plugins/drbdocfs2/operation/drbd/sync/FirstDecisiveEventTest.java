package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Change.WatchFactory;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.engine.StreamFollower;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.TestNodes;
import io.jenkins.plugins.drbdocfs2.remote.ChunkedRemote;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first decisive event ends a wait, whatever follows and in whatever pieces the lines arrive. */
class FirstDecisiveEventTest {
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final String PEER = " name:r0 peer-node-id:1 conn-name:sv2";
    private static final String DOWN = "destroy resource name:r0";
    private static final String ALONE = "change connection" + PEER + " connection:StandAlone role:Unknown";
    private static final String FAILED = "change device name:r0 volume:0 minor:0 disk:Failed";
    private static final String LOST = "- skipped 2";
    private static final String UNREADABLE = "change device name:r0 volume:0 " + "x".repeat(5000);
    private static final String NOT_YET =
            "change peer-device" + PEER + " volume:0 replication:SyncSource peer-disk:Inconsistent";
    private static final String UP_TO_DATE =
            "change peer-device" + PEER + " volume:0 replication:Established peer-disk:UpToDate";
    private static final String UNCONNECTED = "change connection" + PEER + " connection:Unconnected role:Unknown";
    private static final String VERIFYING = "change peer-device" + PEER + " volume:0 replication:VerifyS";
    private static final String OTHER_EVENT = "change resource name:r0 may_promote:no promotion_score:10102";

    private static List<String> dump(String replication, String peerDisk, long kib) {
        return List.of(
                "exists resource name:r0 role:Primary suspended:no",
                "exists connection" + PEER + " connection:Connected role:Secondary",
                "exists device name:r0 volume:0 minor:0 disk:UpToDate size:" + kib,
                "exists peer-device" + PEER + " volume:0 replication:" + replication + " peer-disk:" + peerDisk
                        + " resync-suspended:no out-of-sync:0",
                "exists -");
    }

    private static List<String> with(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static List<String> proc(String state) {
        return List.of(
                "version: 8.3.7 (api:88/proto:86-91)",
                " 0: cs:" + state + " C r----",
                "    ns:0 nr:0 dw:0 dr:0 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:b oos:0",
                "= end");
    }

    private static <T> List<T> and(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** A watch, the lines up to its goal, and lines after which the goal is impossible. */
    enum Wait {
        CONNECTION(
                progress -> new ConnectionWatch("r0", "sv1", Set.of(0)),
                with(dump("Off", "DUnknown", 9), OTHER_EVENT, UP_TO_DATE),
                List.of(ALONE)),
        SYNC(
                progress -> new SyncWatch("r0", "sv1", Set.of(0), STALL, System::nanoTime, progress),
                with(dump("SyncSource", "Inconsistent", 9), OTHER_EVENT, UP_TO_DATE),
                List.of(FAILED)),
        VERIFY(
                progress -> new VerifyWatch("r0", "sv1", Set.of(0), STALL, System::nanoTime, progress),
                with(dump("VerifyS", "UpToDate", 9), OTHER_EVENT, UP_TO_DATE),
                List.of(DOWN)),
        GROWTH(
                progress -> new ResizeWatch("r0", "sv1", Map.of(0, 9L), STALL, System::nanoTime, progress),
                and(
                        dump("SyncSource", "Inconsistent", 10),
                        and(dump("Established", "UpToDate", 10), dump("Established", "UpToDate", 10))),
                List.of("exists -")),
        POLLED(
                progress -> polled().watch().start(progress),
                and(
                        proc("SyncSource ro:Primary/Secondary ds:UpToDate/Inconsistent"),
                        proc("Connected ro:Primary/Secondary ds:UpToDate/UpToDate")),
                proc("StandAlone ro:Primary/Unknown ds:UpToDate/DUnknown"));

        private final WatchFactory watch;
        private final List<String> untilReached;
        private final List<String> impossible;

        Wait(WatchFactory watch, List<String> untilReached, List<String> impossible) {
            this.watch = watch;
            this.untilReached = untilReached;
            this.impossible = impossible;
        }

        private List<String> start() {
            int whole = untilReached.indexOf(this == POLLED ? "= end" : "exists -");
            return untilReached.subList(0, whole + 1);
        }

        private Await await() {
            return new Await(
                    "sv1", Event.of("the goal", "reached"), "print lines", watch, Duration.ofSeconds(60), null);
        }

        private static Await polled() {
            Node sv1 = TestNodes.SV1;
            return PolledWatch.of(
                    DrbdNodes.node(sv1, DrbdNodes.configured(true, DrbdNodes.SYNCED), null)
                            .with(DrbdProbes.VERSION, Optional.of(new DrbdVersion("8.3.11", "8.3.7", 88))),
                    DrbdNodes.spec(true).on(TestNodes.BOTH),
                    new Await(
                            "sv1",
                            Event.of("'r0'", "in step"),
                            "events",
                            progress -> new SyncWatch("r0", "sv1", Set.of(0), STALL, System::nanoTime, progress),
                            Duration.ofSeconds(60),
                            null));
        }
    }

    private static Throwable follow(Wait wait, Remote remote, BooleanSupplier failedElsewhere) {
        return catchThrowable(
                () -> new StreamFollower(wait.await(), result(), line -> {}, failedElsewhere).follow(remote));
    }

    private static NodeResult result() {
        return new StepResult("drbdWaitSync", Map.of(), false, List.of("sv1"), text -> text, StepProgress.NONE)
                .node("sv1");
    }

    /** A node that passes on all lines, even after the decisive one. */
    private static Remote unstoppable(List<String> lines) {
        return unstoppable(lines, new AtomicInteger());
    }

    private static Remote unstoppable(List<String> lines, AtomicInteger passed) {
        FakeRemote fake = new FakeRemote("sv1", script -> FakeRemote.ok(""));
        return new Remote() {
            @Override
            public Node node() {
                return fake.node();
            }

            @Override
            public ScriptResult run(Script script, Consumer<String> stdoutLine) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<ScriptResult> runUntil(Script script, Predicate<String> enough) {
                boolean ended = false;
                for (String line : lines) {
                    passed.incrementAndGet();
                    ended |= enough.test(line);
                }
                return ended ? Optional.empty() : Optional.of(FakeRemote.ok(""));
            }
        };
    }

    @Provide
    Arbitrary<List<String>> more() {
        List<String> dumps = and(dump("SyncSource", "Inconsistent", 9), dump("Established", "UpToDate", 10));
        return Arbitraries.of(and(
                        dumps,
                        and(
                                proc("StandAlone ro:Primary/Unknown ds:UpToDate/DUnknown"),
                                List.of(
                                        DOWN,
                                        ALONE,
                                        FAILED,
                                        LOST,
                                        UNREADABLE,
                                        NOT_YET,
                                        UP_TO_DATE,
                                        UNCONNECTED,
                                        VERIFYING,
                                        OTHER_EVENT,
                                        "",
                                        "now exists -",
                                        "= end"))))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 400).list().ofMaxSize(5);
    }

    @Property(tries = 300)
    void succeedsWhateverFollowsTheGoal(
            @ForAll Wait wait,
            @ForAll("more") List<String> more,
            @ForAll("cuts") List<Integer> cuts,
            @ForAll boolean unstoppable) {
        AtomicInteger passed = new AtomicInteger();
        List<String> lines = and(wait.untilReached, more);
        Remote remote = unstoppable ? unstoppable(lines, passed) : new ChunkedRemote(lines, cuts);
        BooleanSupplier failedElsewhere = () -> passed.get() >= wait.untilReached.size();
        assertThat(follow(wait, remote, failedElsewhere)).isNull();
    }

    @Property(tries = 300)
    void failsWithTheFirstReasonWhateverFollows(
            @ForAll Wait wait,
            @ForAll("more") List<String> more,
            @ForAll("cuts") List<Integer> cuts,
            @ForAll boolean unstoppable) {
        List<String> failing = and(wait.start(), wait.impossible);
        String first =
                follow(wait, new ChunkedRemote(failing, List.of()), () -> false).getMessage();
        List<String> lines = and(failing, and(more, wait.untilReached));
        Throwable failure =
                follow(wait, unstoppable ? unstoppable(lines) : new ChunkedRemote(lines, cuts), () -> false);
        assertThat(failure).isInstanceOf(StepFailure.class).hasMessage(first);
    }

    @Property(tries = 200)
    void failsIfAnotherNodeHasFailed(
            @ForAll Wait wait, @ForAll("more") List<String> more, @ForAll boolean unstoppable) {
        Assume.that(wait.start().size() < wait.untilReached.size());
        List<String> lines = and(wait.untilReached, more);
        Throwable failure =
                follow(wait, unstoppable ? unstoppable(lines) : new ChunkedRemote(lines, List.of()), () -> true);
        assertThat(failure)
                .isInstanceOf(StepFailure.class)
                .hasMessageContainingAll("stopped waiting for ", ", because another node failed");
    }

    @ParameterizedTest
    @EnumSource
    void succeedsIfTheNodeIsLostAfterTheGoal(Wait wait) {
        for (Kind kind : List.of(Kind.TIMEOUT, Kind.LOST)) {
            assertThat(follow(wait, lostAfter(wait.untilReached, kind), () -> false))
                    .isNull();
            assertThat(follow(wait, lostAfter(wait.start(), kind), () -> false))
                    .hasMessageContaining("for the goal to be reached; last seen");
        }
    }

    private static Remote lostAfter(List<String> lines, Kind kind) {
        return new Remote() {
            @Override
            public Node node() {
                return TestNodes.SV1;
            }

            @Override
            public ScriptResult run(Script script, Consumer<String> stdoutLine) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<ScriptResult> runUntil(Script script, Predicate<String> enough) throws RemoteException {
                lines.forEach(enough::test);
                throw new RemoteException("sv1", kind, "sv1: lost", null);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void succeedsIfTheStreamEndsAfterTheGoal(Wait wait) {
        assertThat(follow(
                        wait,
                        new FakeRemote("sv1", script -> FakeRemote.ok(String.join("\n", wait.untilReached))),
                        () -> false))
                .isNull();
    }
}
