package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SyncWatchTest {
    private static final String HEAD =
            """
            exists resource name:r0 role:Primary suspended:no
            exists connection name:r0 peer-node-id:0 conn-name:peer connection:%s role:Secondary
            exists device name:r0 volume:0 minor:0 disk:UpToDate size:1048576
            exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:%s peer-disk:%s out-of-sync:%d
            exists -""";

    private final AtomicLong seconds = new AtomicLong();
    private final List<String> messages = new ArrayList<>();
    private final SyncWatch watch = new SyncWatch(
            "r0", "sv1", Set.of(0), Duration.ofSeconds(60), () -> seconds.get() * 1_000_000_000L, messages::add);

    private boolean events(String connection, String replication, String disk, long outOfSync) throws StepFailure {
        boolean done = false;
        for (String line :
                HEAD.formatted(connection, replication, disk, outOfSync).split("\n")) {
            done = watch.line(line);
        }
        return done;
    }

    private void numbers(long outOfSync) throws StepFailure {
        numbers("SyncSource", outOfSync);
    }

    private void numbers(String replication, long outOfSync) throws StepFailure {
        for (String line : HEAD.formatted("Connected", replication, "Inconsistent", outOfSync)
                .split("\n")) {
            watch.line("now " + line);
        }
    }

    @Test
    void endsWhenAllIsUpToDate() throws Exception {
        assertThat(events("Connected", "SyncSource", "Inconsistent", 1000)).isFalse();
        assertThat(
                        watch.line(
                                "change peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Established peer-disk:UpToDate"))
                .isTrue();
    }

    @Test
    void endsWithTheFirstDumpIfAllIsUpToDate() throws Exception {
        assertThat(events("Connected", "Established", "UpToDate", 0)).isTrue();
    }

    @Test
    void reportsPercentRateAndTimeLeftOnChange() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1048576);
        numbers(1048576);
        seconds.set(2);
        numbers(1048576);
        seconds.set(10);
        numbers(524288);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0)).contains("0 %, 1024 MiB to go");
        assertThat(messages.get(1))
                .startsWith("[==========>.........] 50 %")
                .contains("512 MiB to go")
                .contains("51.2 MiB/s")
                .contains("10 s left");
    }

    @Test
    void failsWithoutProgress() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1000);
        numbers(1000);
        seconds.set(59);
        numbers(999);
        seconds.set(118);
        numbers(999);
        seconds.set(120);
        assertThatThrownBy(() -> numbers(999))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1, 'r0' made no progress for 60 s")
                .hasMessageContaining("peer disk Inconsistent, 999 KiB out of sync");
    }

    @Test
    void suggestsToResumeAPausedSynchronisation() throws Exception {
        events("Connected", "PausedSyncS", "Inconsistent", 1000);
        numbers("PausedSyncS", 1000);
        seconds.set(61);
        assertThatThrownBy(() -> numbers("PausedSyncS", 1000))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("made no progress for 60 s")
                .hasMessageContaining("`drbdadm resume-sync r0`")
                .hasMessageNotContaining("reach each other");
    }

    @Test
    void failsAtOnceIfDrbdHasGivenUp() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1000);
        assertThatThrownBy(() -> watch.line(
                        "change connection name:r0 peer-node-id:0 conn-name:peer connection:StandAlone role:Unknown"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("StandAlone")
                .hasMessageContaining("drbdResolveSplitBrain");
        assertThatThrownBy(() -> watch.line("change device name:r0 volume:0 minor:0 disk:Failed"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("Failed");
    }

    @Test
    void waitsForALostConnectionToReturn() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1000);
        assertThat(watch.line(
                        "change connection name:r0 peer-node-id:0 conn-name:peer connection:Connecting role:Unknown"))
                .isFalse();
        assertThat(watch.last()).contains("connection Connecting");
    }

    private static void recorded(SyncWatch watch, String state) throws StepFailure {
        for (String line : Drbd9.text(state, "sv1", "events2-now-statistics").split("\n")) {
            watch.line("now " + line);
        }
    }

    private SyncWatch watchOf(String resource, Integer... volumes) {
        return new SyncWatch(
                resource,
                "sv1",
                Set.of(volumes),
                Duration.ofSeconds(60),
                () -> seconds.get() * 1_000_000_000L,
                messages::add);
    }

    // 409600 and 204756 KiB, with 379904 and 175060 remaining, then 330752 and 116692, the larger one paused
    @Test
    void countsAPausedVolumeAsRemaining() throws Exception {
        SyncWatch mv = watchOf("mv", 0, 1);
        recorded(mv, "syncing-midway");
        seconds.set(20);
        recorded(mv, "paused-sync");
        assertThat(progress(mv)).containsEntry("leftKib", 330752L + 116692L).containsEntry("percent", 27.2);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0)).contains("10 %, 542 MiB to go").doesNotContain("paused");
        assertThat(messages.get(1)).contains("27 %, 437 MiB to go", ", volume 0 paused");
    }

    @Test
    void weightsVolumesBySize() throws Exception {
        SyncWatch mv = watchOf("mv", 0, 1);
        recorded(mv, "resize-in-progress");
        assertThat(progress(mv))
                .containsEntry("leftKib", 366592L)
                .containsEntry("percent", Math.round(1000.0 * (819200 + 204756 - 366592) / (819200 + 204756)) / 10.0);
    }

    private static final String THREE =
            """
            exists resource name:r3 role:Primary suspended:no
            exists connection name:r3 peer-node-id:1 conn-name:sv2 connection:Connected role:Secondary
            exists connection name:r3 peer-node-id:2 conn-name:sv3 connection:Connected role:Secondary
            exists device name:r3 volume:0 minor:0 disk:UpToDate size:2000
            exists peer-device name:r3 peer-node-id:1 conn-name:sv2 volume:0 replication:SyncSource peer-disk:Inconsistent done:40.00 out-of-sync:%d dbdt1:50.00 eta:9
            exists peer-device name:r3 peer-node-id:2 conn-name:sv3 volume:0 replication:SyncSource peer-disk:Inconsistent done:60.00 out-of-sync:%d dbdt1:30.00 eta:7
            exists -""";

    @Test
    void doesNotCountDataForTwoPeersTwice() throws Exception {
        SyncWatch r3 = watchOf("r3", 0);
        for (String line : THREE.formatted(1000, 600).split("\n")) {
            r3.line("now " + line);
        }
        assertThat(progress(r3))
                .containsEntry("what", "in step on sv2")
                .containsEntry("leftKib", 1000L)
                .containsEntry("percent", 50.0);
        assertThat(r3.now())
                .containsEntry("outOfSyncKib", 1000L)
                .containsEntry("donePercent", 40.0)
                .containsEntry("kibPerSecond", 51200L)
                .containsEntry("secondsLeft", 9L);
        assertThat(messages).singleElement().asString().contains("50 %, 1 MiB to go to sv2");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> progress(SyncWatch watch) {
        return (Map<String, Object>) watch.now().get("progress");
    }
}
