package io.jenkins.plugins.drbdocfs2.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final List<String> news = new ArrayList<>();
    private final SyncWatch watch = new SyncWatch(
            "r0", "sv1", Set.of(0), Duration.ofSeconds(60), () -> seconds.get() * 1_000_000_000L, news::add);

    private boolean events(String connection, String replication, String disk, long outOfSync) throws StepFailure {
        boolean content = false;
        for (String line :
                HEAD.formatted(connection, replication, disk, outOfSync).split("\n")) {
            content = watch.line(line);
        }
        return content;
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
    void isContentWhenAllIsUpToDateEverywhere() throws Exception {
        assertThat(events("Connected", "SyncSource", "Inconsistent", 1000)).isFalse();
        assertThat(
                        watch.line(
                                "change peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Established peer-disk:UpToDate"))
                .isTrue();
    }

    @Test
    void isContentWithTheFirstDumpWhereAllIsDoneByThen() throws Exception {
        assertThat(events("Connected", "Established", "UpToDate", 0)).isTrue();
    }

    @Test
    void tellsPercentRateAndTimeLeftAndOnlyWhatIsNew() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1048576);
        numbers(1048576);
        seconds.set(2);
        numbers(1048576);
        seconds.set(10);
        numbers(524288);
        assertThat(news).hasSize(2);
        assertThat(news.get(0)).contains("0 %, 1024 MiB to go");
        assertThat(news.get(1))
                .startsWith("[==========>.........] 50 %")
                .contains("512 MiB to go")
                .contains("51.2 MiB/s")
                .contains("10 s left");
    }

    @Test
    void givesUpWhenNothingMovesForTooLong() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1000);
        numbers(1000);
        seconds.set(59);
        numbers(999);
        seconds.set(118);
        numbers(999);
        seconds.set(120);
        assertThatThrownBy(() -> numbers(999))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1, 'r0' has not moved for 60 s")
                .hasMessageContaining("peer disk Inconsistent, 999 KiB out of sync");
    }

    @Test
    void whereThePeerOrSomebodyHasPausedItTheRemedyIsToResume() throws Exception {
        events("Connected", "PausedSyncS", "Inconsistent", 1000);
        numbers("PausedSyncS", 1000);
        seconds.set(61);
        assertThatThrownBy(() -> numbers("PausedSyncS", 1000))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("has not moved for 60 s")
                .hasMessageContaining("`drbdadm resume-sync r0`")
                .hasMessageNotContaining("reach each other");
    }

    @Test
    void givesUpAtOnceWhereDrbdHas() throws Exception {
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
    void aLostConnectionMayComeBack() throws Exception {
        events("Connected", "SyncSource", "Inconsistent", 1000);
        assertThat(watch.line(
                        "change connection name:r0 peer-node-id:0 conn-name:peer connection:Connecting role:Unknown"))
                .isFalse();
        assertThat(watch.last()).contains("connection Connecting");
    }
}
