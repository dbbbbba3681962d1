package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolledWatchTest {
    private static final ResourceState TARGET = state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");
    private static final ResourceState SOURCE = state("Primary", "UpToDate", "Connected", "Secondary", "Inconsistent");
    private static final String PROC =
            """
            version: 8.3.7 (api:88/proto:86-91)
             0: cs:%s C r----
                ns:0 nr:117768 dw:117632 dr:0 al:0 bm:7 lo:18 pe:1281 ua:17 ap:0 ep:1 wo:b oos:%d
            """;
    private static final String SYNC = "SyncSource ro:Primary/Secondary ds:UpToDate/Inconsistent";
    private static final String UP_TO_DATE = "Connected ro:Primary/Secondary ds:UpToDate/UpToDate";

    private final List<String> messages = new ArrayList<>();

    private static Await await(String kernel) throws StepFailure {
        Plan plan = new DrbdWaitSync("r0", 300).plan(cluster(old(SV1, SOURCE, kernel), old(SV2, TARGET, kernel)));
        return (Await) plan.changes().stream()
                .filter(change -> change.node().equals("sv1"))
                .findFirst()
                .orElseThrow();
    }

    private static NodeFacts old(Node node, ResourceState state, String kernel) {
        return node(node, configured(true, SYNCED), state)
                .with(DrbdProbes.VERSION, Optional.of(new DrbdVersion("8.9.0", kernel, 88)));
    }

    private static boolean poll(Watch watch, String text) throws StepFailure {
        boolean done = false;
        for (String line : (text + "= end\n").split("\n")) {
            done = watch.line(line);
        }
        return done;
    }

    @ParameterizedTest
    @CsvSource({"8.3.16, true", "8.4.5, true", "8.4.6, false", "8.4.11, false", "9.1.4, false"})
    void pollsProcDrbdIfDrbdHasNoEvents(String kernel, boolean polled) throws Exception {
        assertThat(await(kernel).command().contains("events2")).isNotEqualTo(polled);
        assertThat(await(kernel).command().startsWith("while cat /proc/drbd")).isEqualTo(polled);
    }

    @Test
    void reportsASynchronisationUntilAllIsUpToDate() throws Exception {
        Watch watch = await("8.3.16").watch().start(messages::add);
        assertThat(poll(watch, PROC.formatted(SYNC, 930620))).isFalse();
        assertThat(watch.last()).contains("SyncSource", "930620 KiB out of sync");
        assertThat(watch.now()).containsEntry("replication", "SyncSource").containsEntry("peerDisk", "Inconsistent");
        assertThat(poll(watch, PROC.formatted("WFConnection ro:Primary/Unknown ds:UpToDate/DUnknown", 4711)))
                .isFalse();
        assertThat(poll(watch, PROC.formatted(UP_TO_DATE, 0))).isTrue();
        assertThat(messages).isNotEmpty().first().asString().contains("909 MiB to go");
    }

    @Test
    void unreadableDeviceIsNeitherDownNorUpToDate() throws Exception {
        Watch watch = await("8.3.16").watch().start(messages::add);
        assertThat(poll(watch, PROC.formatted(UP_TO_DATE, 0).replace("cs:", "cs: ")))
                .isFalse();
        assertThat(poll(watch, PROC.formatted(UP_TO_DATE, 0))).isTrue();
    }

    @Test
    void ignoresAnIncompletePoll() throws Exception {
        Watch watch = await("8.3.16").watch().start(messages::add);
        poll(watch, PROC.formatted(SYNC, 930620));
        for (String line : PROC.formatted(UP_TO_DATE, 0).split("\n")) {
            assertThat(watch.line(line)).isFalse();
        }
        assertThat(watch.last()).contains("peer disk Inconsistent");
    }

    @Test
    void failsIfTheConnectionIsStandAloneOrTheResourceDown() throws Exception {
        Watch alone = await("8.3.16").watch().start(messages::add);
        poll(alone, PROC.formatted(SYNC, 930620));
        assertThatThrownBy(
                        () -> poll(alone, PROC.formatted("StandAlone ro:Primary/Unknown ds:UpToDate/DUnknown", 930620)))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("StandAlone");
        Watch down = await("8.3.16").watch().start(messages::add);
        poll(down, PROC.formatted(SYNC, 930620));
        assertThatThrownBy(() -> poll(down, "version: 8.3.7 (api:88/proto:86-91)\n"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("was taken down while waiting");
    }
}
