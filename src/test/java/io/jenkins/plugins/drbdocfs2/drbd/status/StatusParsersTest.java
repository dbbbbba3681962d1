package io.jenkins.plugins.drbdocfs2.drbd.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusParsersTest {
    private static final String JSON = Recorded.drbd9("syncing-midway/sv1/drbdsetup-status-json.txt");
    private static final String PROC84 = Recorded.documented("drbd8/proc-8.4-sync.txt");

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.drbdocfs2.Drbd9#states")
    void jsonAndEventsAgree(String state) {
        String resource = Drbd9.resources().get(state);
        for (String node : Drbd9.nodes(state)) {
            String printed = Drbd9.text(state, node, "drbdsetup-status-json");
            DrbdState json = StatusJson.parse(printed.isEmpty() ? "[]" : printed);
            DrbdState events = Events2.parse(Drbd9.text(state, node, "events2-now-statistics"));
            assertThat(words(json.resource(resource))).as(node).isEqualTo(words(events.resource(resource)));
        }
    }

    /** The values that both report and that do not change between the two commands. */
    private static List<String> words(ResourceState resource) {
        if (resource == null) {
            return List.of();
        }
        List<String> words = new ArrayList<>(List.of(resource.role().word(), "suspended " + resource.suspended()));
        resource.volumes()
                .values()
                .forEach(volume -> words.add(volume.volume() + " " + volume.minor() + " " + volume.disk() + " "
                        + volume.quorum() + " " + volume.sizeKib()));
        new TreeMap<>(resource.connections()).forEach((name, peer) -> {
            words.add(name + " " + peer.connection() + " " + peer.peerRole());
            peer.volumes()
                    .values()
                    .forEach(volume -> words.add(volume.volume() + " " + volume.replication() + " " + volume.peerDisk()
                            + " " + volume.resyncSuspended()));
        });
        return words;
    }

    @Test
    void readsAddressAndOpenFromJson() {
        String path = "\"paths\": [{\"this_host\": {\"address\": \"192.168.0.1\", \"port\": 7795},"
                + " \"remote_host\": {\"address\": \"192.168.0.2\", \"port\": 7795}}], \"peer_devices\":";
        ResourceState mv = StatusJson.parse(
                        JSON.replace("\"peer_devices\":", path).replace("\"client\":", "\"open\": true, \"client\":"))
                .resource("mv");
        assertThat(mv.connections().get("sv2").peerAddress()).isEqualTo("192.168.0.2:7795");
        assertThat(mv.volumes().get(0).open()).isTrue();
    }

    @Test
    void readsJsonWithoutResources() {
        assertThat(StatusJson.parse("[\n]\n")).isEqualTo(DrbdState.NONE);
    }

    @Test
    void missingJsonKeysAreUnknown() {
        ResourceState r0 = StatusJson.parse(
                        "[{\"name\":\"r0\",\"devices\":[{}],\"connections\":[{\"peer_devices\":[{}]}]}]")
                .resource("r0");
        assertThat(r0.role()).isEqualTo(Role.parse(null));
        assertThat(r0.suspended()).isTrue();
        assertThat(r0.volumes().get(-1).disk()).isEqualTo(DiskState.parse(null));
        assertThat(r0.connections().get("Unknown").volumes().get(-1))
                .isEqualTo(new PeerDeviceState(-1, ReplicationState.parse(null), DiskState.parse(null), true, null));
    }

    @Test
    void refusesTruncatedJson() {
        Recorded.cuts(JSON.strip()).forEach(cut -> assertThatThrownBy(() -> StatusJson.parse(cut))
                .isInstanceOf(TextFormatException.class));
    }

    @Test
    void readsProcOf84() {
        ProcDrbd proc = ProcDrbd.parse(PROC84);
        assertThat(proc.version()).isEqualTo("8.4.11");
        assertThat(proc.devices()).containsOnlyKeys(0, 1, 3);
        ProcDrbd.Device sync = proc.devices().get(0);
        assertThat(sync.connection().state()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(sync.replication().state()).isEqualTo(ReplicationState.SYNC_SOURCE);
        assertThat(sync.donePercent()).isEqualTo(2.4);
        assertThat(sync.finishSeconds()).isEqualTo(161);
        assertThat(sync.speedKibPerSecond()).isEqualTo(63212);
        assertThat(sync.outOfSyncKib()).isEqualTo(10235548);
        assertThat(proc.resource("r1", Map.of(0, 1)).isUpToDateEverywhere()).isTrue();
        assertThat(proc.resource("r0", Map.of(0, 0)).isUpToDateEverywhere()).isFalse();
        assertThat(proc.resource("r2", Map.of(0, 2))).isNull();
        ResourceState waiting = proc.resource("r3", Map.of(0, 3));
        assertThat(waiting.connections().get("peer").connection().state()).isEqualTo(ConnectionState.CONNECTING);
        assertThat(waiting.connections()
                        .get("peer")
                        .volumes()
                        .get(0)
                        .replication()
                        .state())
                .isEqualTo(ReplicationState.OFF);
    }

    @Test
    void readsProcOf83() {
        ProcDrbd.Device device = ProcDrbd.parse(Recorded.documented("drbd8/proc-8.3.txt"))
                .devices()
                .get(0);
        assertThat(device.state()).isEqualTo("SyncTarget");
        assertThat(device.peerRole().state()).isEqualTo(Role.PRIMARY);
        assertThat(device.donePercent()).isEqualTo(11.4);
        assertThat(device.finishSeconds()).isEqualTo(7);
        assertThat(device.speedKibPerSecond()).isEqualTo(117632);
        assertThat(device.suspended()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"r-----,false,false", "s-----,true,false", "ra----,false,true", "r-p---,false,true", "r--u--,false,true"
    })
    void readsSuspensionFromFlags(String flags, boolean suspended, boolean resync) {
        ProcDrbd.Device device = ProcDrbd.parse(
                        " 0: cs:PausedSyncS ro:Primary/Secondary ds:UpToDate/Inconsistent C " + flags + "\n")
                .devices()
                .get(0);
        assertThat(device.suspended()).isEqualTo(suspended);
        assertThat(device.resyncSuspended()).isEqualTo(resync);
    }

    @Test
    void readsProcWithoutDevices() {
        assertThat(ProcDrbd.parse("").devices()).isEmpty();
        ProcDrbd nine = ProcDrbd.parse("version: 9.1.12 (api:2/proto:110-121)\nTransports (api:18):\n");
        assertThat(nine.version()).isEqualTo("9.1.12");
        assertThat(nine.devices()).isEmpty();
    }

    @Test
    void truncatedProcNeverShowsABetterState() {
        ProcDrbd whole = ProcDrbd.parse(PROC84);
        Recorded.cuts(PROC84).forEach(cut -> ProcDrbd.parse(cut).devices().forEach((minor, device) -> {
            assertThat(device.state()).isEqualTo(whole.devices().get(minor).state());
            assertThat(device.outOfSyncKib())
                    .isIn(null, whole.devices().get(minor).outOfSyncKib());
        }));
    }
}
