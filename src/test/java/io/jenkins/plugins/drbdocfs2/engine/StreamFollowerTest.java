package io.jenkins.plugins.drbdocfs2.engine;

import static io.jenkins.plugins.drbdocfs2.remote.FakeRemote.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.ConnectionWatch;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamFollowerTest {
    private static final String CONNECTED = "exists resource name:r0 role:Secondary suspended:no\n"
            + "exists connection name:r0 peer-node-id:1 conn-name:peer connection:Connected role:Secondary\n"
            + "exists -\n";
    private static final String LOST = "exists resource name:r0 role:Secondary suspended:no\n- skipped 2\n"
            + "exists connection name:r0 peer-node-id:1 conn-name:peer connection:StandAlone role:Unknown\nexists -\n";

    private static FakeRemote printing(String... streams) {
        Deque<String> left = new ArrayDeque<>(List.of(streams));
        return new FakeRemote("sv1", script -> ok(left.pop()));
    }

    private static NodeResult result() {
        return new StepResult("drbdWaitSync", Map.of(), false, List.of("sv1"), text -> text, StepProgress.NONE)
                .node("sv1");
    }

    private final List<String> log = new ArrayList<>();

    private StreamFollower following(NodeResult result) {
        Await await = new Await(
                "sv1",
                Event.of("'r0'", "connected"),
                "drbdsetup events2 r0",
                progress -> new ConnectionWatch("r0", "sv1", Set.of()),
                Duration.ofSeconds(60),
                null);
        return new StreamFollower(await, result, log::add, () -> false);
    }

    @Test
    void restartsAStreamThatLostLinesAndRecordsEachRun() throws Exception {
        FakeRemote remote = printing(LOST, LOST, CONNECTED);
        NodeResult result = result();

        following(result).follow(remote);

        assertThat(remote.scripts()).hasSize(3).allMatch(script -> script.text().equals("drbdsetup events2 r0"));
        assertThat(result.commands()).hasSize(3);
    }

    // the peer connects while the dump is being printed
    @Test
    void restartsADumpThatAnEventOvertook() throws Exception {
        String overtaken = CONNECTED.replace(
                "exists -\n",
                """
                change peer-device name:r0 peer-node-id:1 conn-name:peer volume:0 replication:Established peer-disk:UpToDate
                exists peer-device name:r0 peer-node-id:1 conn-name:peer volume:0 replication:Off peer-disk:DUnknown
                exists -
                """);
        FakeRemote remote = printing(overtaken, CONNECTED);
        following(result()).follow(remote);
        assertThat(remote.scripts()).hasSize(2);
    }

    @Test
    void endsWhenTheEventHappens() throws Exception {
        FakeRemote remote = printing(CONNECTED);
        following(result()).follow(remote);
        assertThat(remote.scripts()).hasSize(1);
        assertThat(log).singleElement().asString().matches("    sv1: 'r0' is connected after \\d+ ms");
    }

    @Test
    void failsIfTheStreamEndsBeforeTheEvent() {
        assertThatThrownBy(() -> following(result()).follow(printing("exists -\n")))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("ended with exit code 0 while waiting for 'r0' to be connected");
    }
}
