package io.jenkins.plugins.drbdocfs2.drbd.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Combines the sources of state of each DRBD generation. */
class DrbdStateProbeTest {
    private static final String EVENTS84 = "exists resource name:r0 role:Primary suspended:no\n"
            + "exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Secondary\n"
            + "exists device name:r0 volume:0 minor:0 disk:UpToDate size:10485404\n"
            + "exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:SyncSource"
            + " peer-disk:Inconsistent resync-suspended:no out-of-sync:10235548\n"
            + "exists -\n= events2 0\n";
    private static final String PROC84 = Recorded.documented("drbd8/proc-8.4-sync.txt");
    private static final String PROC83 = Recorded.documented("drbd8/proc-8.3.txt");
    private static final String NO_EVENTS = "= events2 20\n";

    private static DrbdState read(String text) {
        return DrbdStateProbe.parse(new Reading(0, text)).orElse(null);
    }

    private static PeerDeviceState peer(DrbdState state, String name) {
        return state.resource("r0").connections().get(name).volumes().get(0);
    }

    @Test
    void readsTheStateOfDrbd84FromEventsAndTheProgressFromProc() {
        DrbdState state = read(EVENTS84 + PROC84 + "= proc 0\n= minors 0\n");
        assertThat(peer(state, "peer").replication().state()).isEqualTo(ReplicationState.SYNC_SOURCE);
        assertThat(peer(state, "peer").outOfSyncKib()).isEqualTo(10_235_548);
        assertThat(peer(state, "peer").progress()).isEqualTo(new Progress(2.4, 63_212L, 161L));
    }

    @ParameterizedTest
    @CsvSource({"source, SyncSource, 9.0, 4692, 203", "target, SyncTarget, 9.0, 4632, 205"})
    void readsTheProgressOnBothSidesOfASynchronisation(
            String side, String replication, double percent, long rate, long seconds) {
        String events = Recorded.text("drbd84/events2-sync-" + side + ".txt");
        String proc = Recorded.text("drbd84/proc-sync-" + side + ".txt");
        PeerDeviceState peer = peer(read(events + "= events2 0\n" + proc + "= proc 0\n= minors 0\n"), "peer");
        assertThat(peer.replication()).hasToString(replication);
        assertThat(peer.progress()).isEqualTo(new Progress(percent, rate, seconds));
    }

    @Test
    void hasNoProgressWithoutASynchronisation() {
        String proc = Recorded.text("drbd84/proc-dual-primary.txt");
        DrbdState state =
                read(Recorded.text("drbd84/events2-dual-primary.txt") + "= events2 0\n" + proc + "= proc 0\n");
        assertThat(state).isEqualTo(Events2.parse(Recorded.text("drbd84/events2-dual-primary.txt")));
        assertThat(peer(state, "peer").progress()).isEqualTo(Progress.NONE);
    }

    @Test
    void readsTheStateOfDrbd83FromProc() {
        DrbdState state = read(NO_EVENTS + PROC83 + "= proc 0\nr0 minor 0\nr0 minor 0\n= minors 0\n");
        ResourceState r0 = state.resource("r0");
        assertThat(r0.role().state()).isEqualTo(Role.SECONDARY);
        assertThat(r0.volumes().get(0).disk().state()).isEqualTo(DiskState.INCONSISTENT);
        assertThat(peer(state, "peer").replication().state()).isEqualTo(ReplicationState.SYNC_TARGET);
        assertThat(peer(state, "peer").progress()).isEqualTo(new Progress(11.4, 117_632L, 7L));
    }

    @Test
    void readsAllVolumesOfAnOldDrbd84FromProc() {
        String proc = PROC84.replace("8.4.11", "8.4.5");
        DrbdState state = read(NO_EVENTS + proc
                + "= proc 0\nr0 volume 0\nr0 minor 0\nr0 volume 5\nr0 minor 1\nr0 volume 0\nr0 minor 0\nr0 volume 5\n"
                + "r0 minor 1\nr1 minor 2\nr3 minor 3\n= minors 0\n");
        assertThat(state.resource("r0").volumes()).containsOnlyKeys(0, 5);
        assertThat(state.resource("r0").volumes().get(5).minor()).isEqualTo(1);
        assertThat(state.resource("r1")).isNull();
        assertThat(state.resource("r3").isConnected()).isFalse();
    }

    @Test
    void stateIsUnknownIfADeviceHasNoResource() {
        assertThat(read(NO_EVENTS + PROC83 + "= proc 0\n= minors 0\n")).isNull();
    }

    @Test
    void readsFromTheJsonOfDrbd9WhatOlderEventsLack() {
        String events = Recorded.drbd9("syncing-midway/sv2/events2-now-statistics.txt");
        String json = Recorded.drbd9("syncing-midway/sv2/drbdsetup-status-json.txt") + "= json 0\n";
        DrbdState whole = read(events + "= events2 0\n" + json);
        DrbdState older = read(events.replaceAll(" (done|dbdt1|eta):\\S+", "") + "= events2 0\n" + json);
        PeerDeviceState fromEvents =
                whole.resource("mv").connections().get("sv1").volumes().get(0);
        assertThat(fromEvents.progress()).isEqualTo(new Progress(6.75, 3_451L, 111L));
        // the JSON was recorded slightly earlier
        PeerDeviceState later =
                older.resource("mv").connections().get("sv1").volumes().get(0);
        assertThat(later.progress().donePercent()).isEqualTo(6.25);
        assertThat(later.progress().kibPerSecond()).isBetween(3_000L, 4_000L);
        assertThat(later.progress().secondsLeft()).isBetween(111L, 120L);
        ResourceState jsonAlone = read(NO_EVENTS + json).resource("mv");
        assertThat(jsonAlone.connections().get("sv1").volumes().get(0).progress())
                .isEqualTo(later.progress());
    }

    @Test
    void readsTheStateWithoutJson() {
        String events = Recorded.drbd9("syncing-midway/sv1/events2-now-statistics.txt");
        assertThat(read(events + "= events2 0\nstatus: unrecognized option '--json'\n= json 0\n"))
                .isEqualTo(Events2.parse(events));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "= events2 20\n", "exists resource name:r0\n= events2 0\n", "garbage\n= events2 1\n"})
    void truncatedOutputIsUnknown(String text) {
        assertThat(read(text + PROC84 + "= proc 0\n= minors 0\n")).isNull();
    }

    @Test
    void nothingIsUpWithoutTheModule() {
        assertThat(DrbdStateProbe.parse(new Reading(3, ""))).hasValue(DrbdState.NONE);
    }
}
