package io.jenkins.plugins.drbdocfs2.drbd.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Events2Test {
    private static final String DRBD9 = Recorded.drbd9("syncing-midway/sv1/events2-now-statistics.txt");

    /** As drbdsetup of drbd-utils 9 prints it for the 8.4 module: every peer is named "peer", with no path and no percentage. */
    private static final String DRBD84 =
            """
            exists resource name:r0 role:Primary suspended:no
            exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Secondary
            exists device name:r0 volume:0 minor:0 disk:UpToDate
            exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:SyncSource peer-disk:Inconsistent resync-suspended:no received:0 sent:2048 out-of-sync:4096
            exists -
            """;

    @Test
    void sizeOfADiskThatIsBeingAttachedIsUnknown() {
        String attaching = DRBD84.replace("disk:UpToDate", "disk:Attaching size:0");
        assertThat(Events2.parse(attaching).resource("r0").volumes().get(0).sizeKib())
                .isNull();
    }

    @Test
    void readsDrbd9() {
        DrbdState state = Events2.parse(DRBD9);
        assertThat(state.resources()).containsOnlyKeys("wwwdata", "r3", "mv");
        ResourceState mv = state.resource("mv");
        assertThat(mv.isPrimary()).isTrue();
        assertThat(mv.suspended()).isFalse();
        assertThat(mv.volumes())
                .containsExactly(
                        Map.entry(
                                0,
                                new DeviceState(
                                        0, 10, DiskState.parse("UpToDate"), "/dev/sys/a", true, 409_600L, null, false)),
                        Map.entry(
                                1,
                                new DeviceState(
                                        1,
                                        11,
                                        DiskState.parse("UpToDate"),
                                        "/dev/sys/b",
                                        true,
                                        204_756L,
                                        null,
                                        false)));
        ConnectionStatus sv2 = mv.connections().get("sv2");
        assertThat(sv2.peerAddress()).isEqualTo("192.168.0.2:7795");
        assertThat(sv2.isConnected()).isTrue();
        assertThat(sv2.volumes().get(0))
                .isEqualTo(new PeerDeviceState(
                        0,
                        ReplicationState.parse("SyncSource"),
                        DiskState.parse("Inconsistent"),
                        false,
                        379_904L,
                        new Progress(7.25, 3_389L, 112L)));
        assertThat(mv.isUpToDate()).isTrue();
        assertThat(mv.isUpToDateEverywhere()).isFalse();
        assertThat(state.resource("r3").connections()).containsOnlyKeys("sv3", "sv2");
        assertThat(state.resource("r3").isUpToDateEverywhere()).isTrue();
    }

    @Test
    void readsDrbd84() {
        ResourceState r0 = Events2.parse(DRBD84).resource("r0");
        ConnectionStatus peer = r0.connections().get("peer");
        assertThat(peer.peerAddress()).isNull();
        assertThat(peer.volumes().get(0))
                .isEqualTo(new PeerDeviceState(
                        0, ReplicationState.parse("SyncSource"), DiskState.parse("Inconsistent"), false, 4096L));
        assertThat(r0.volumes().get(0))
                .isEqualTo(new DeviceState(0, 0, DiskState.parse("UpToDate"), null, null, null, null));
    }

    @Test
    void followsTheEndOfASynchronisation() {
        Events2.Follower follower = new Events2.Follower();
        DRBD84.lines().forEach(follower::accept);
        assertThat(follower.isInitialised()).isTrue();
        DrbdState state = follower.accept("change peer-device name:r0 peer-node-id:0 conn-name:peer volume:0"
                + " replication:Established peer-disk:UpToDate received:0 sent:6144");
        assertThat(state.resource("r0").isUpToDateEverywhere()).isTrue();
        assertThat(state.resource("r0")
                        .connections()
                        .get("peer")
                        .volumes()
                        .get(0)
                        .outOfSyncKib())
                .isZero();
    }

    @Test
    void removesThePercentageAtTheEndOfASynchronisation() {
        Events2.Follower follower = new Events2.Follower();
        DRBD9.lines().forEach(follower::accept);
        DrbdState state = follower.accept("change peer-device name:mv peer-node-id:1 conn-name:sv2 volume:0"
                + " replication:Established peer-disk:UpToDate peer-client:no");
        PeerDeviceState device =
                state.resource("mv").connections().get("sv2").volumes().get(0);
        assertThat(device.progress().donePercent()).isNull();
        assertThat(device.isUpToDate()).isTrue();
    }

    @Test
    void resourceWithoutConnectionIsNotUpToDateEverywhere() {
        Events2.Follower follower = new Events2.Follower();
        DRBD84.lines().forEach(follower::accept);
        follower.accept(
                "change peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Off peer-disk:DUnknown");
        DrbdState state = follower.accept(
                "change connection name:r0 peer-node-id:0 conn-name:peer connection:StandAlone role:Unknown");
        assertThat(state.resource("r0").isConnected()).isFalse();
        assertThat(state.resource("r0").isUpToDateEverywhere()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change resource name:r9 role:Primary",
                "change device name:r0 volume:7 disk:UpToDate",
                "change connection name:r0 peer-node-id:5 conn-name:other connection:Connected",
                "change peer-device name:r0 peer-node-id:0 conn-name:peer volume:7 replication:Established"
            })
    void changeOfAnUnknownObjectMeansLostEvents(String line) {
        Events2.Follower follower = new Events2.Follower();
        DRBD84.lines().forEach(follower::accept);
        assertThat(follower.hasLostEvents()).isFalse();
        follower.accept(line);
        assertThat(follower.hasLostEvents()).isTrue();
    }

    @Test
    void appliesDestroyAndRename() {
        Events2.Follower follower = new Events2.Follower();
        DRBD9.lines().forEach(follower::accept);
        follower.accept("destroy resource name:wwwdata");
        follower.accept("destroy resource name:r3");
        follower.accept("destroy device name:mv volume:1");
        follower.accept("destroy peer-device name:mv peer-node-id:1 conn-name:sv2 volume:1");
        follower.accept("rename resource name:mv new_name:r1");
        follower.accept("destroy peer-device name:r1 peer-node-id:1 conn-name:sv2 volume:0");
        follower.accept("destroy path name:r1 peer-node-id:1 conn-name:sv2 local:ipv4:1.2.3.4:1 peer:ipv4:1.2.3.5:1");
        assertThat(follower.accept("").resource("r1").connections().get("sv2").volumes())
                .isEmpty();
        assertThat(follower.accept("destroy connection name:r1 peer-node-id:1 conn-name:sv2")
                        .resource("r1")
                        .connections())
                .isEmpty();
        assertThat(follower.accept("destroy device name:r1 volume:0")
                        .resource("r1")
                        .volumes())
                .isEmpty();
        assertThat(follower.accept("destroy resource name:r1")).isEqualTo(DrbdState.NONE);
    }

    @Test
    void identifiesPeersWithoutNamesByAddress() {
        Events2.Follower follower = new Events2.Follower();
        follower.accept(
                "exists connection name:r0 local:ipv4:10.0.0.1:7789 peer:ipv4:10.0.0.2:7789 connection:Connected role:Primary");
        DrbdState state =
                follower.accept("exists peer-device name:r0 local:ipv4:10.0.0.1:7789 peer:ipv4:10.0.0.2:7789 volume:0"
                        + " replication:Established peer-disk:UpToDate resync-suspended:no");
        ConnectionStatus peer = state.resource("r0").connections().get("10.0.0.2:7789");
        assertThat(peer.peerAddress()).isEqualTo("10.0.0.2:7789");
        assertThat(peer.peerRole().state()).isEqualTo(Role.PRIMARY);
        assertThat(peer.volumes().get(0).isUpToDate()).isTrue();
    }

    @Test
    void readsIpv6Addresses() {
        Events2.Follower follower = new Events2.Follower();
        follower.accept("exists connection name:r0 peer-node-id:1 conn-name:sv2 connection:Connected role:Primary");
        DrbdState state = follower.accept("exists path name:r0 peer-node-id:1 conn-name:sv2 local:ipv6:[fd00::1]:7789"
                + " peer:ipv6:[fd00::2]:7789 established:yes");
        assertThat(state.resource("r0").connections().get("sv2").peerAddress()).isEqualTo("[fd00::2]:7789");
    }

    @Test
    void ignoresUnknownLines() {
        String noise =
                """
                call helper name:r0 peer-node-id:1 conn-name:sv2 helper:before-resync-source
                response helper name:r0 peer-node-id:1 conn-name:sv2 helper:before-resync-source status:0
                exists wonder name:r0 x:y
                2026-01-01T10:00:00.000000+00:00 change resource name:mv role:Secondary colour:blue
                exists -
                """;
        DrbdState state = Events2.parse(DRBD9 + noise);
        assertThat(state.resource("mv").role().state()).isEqualTo(Role.SECONDARY);
        assertThat(Events2.parse("call helper name:r0 helper:x\nexists -\n")).isEqualTo(DrbdState.NONE);
    }

    @Test
    void reportsLostEvents() {
        Events2.Follower follower = new Events2.Follower();
        DRBD84.lines().forEach(follower::accept);
        assertThat(follower.hasLostEvents()).isFalse();
        follower.accept("- skipped 3");
        assertThat(follower.hasLostEvents()).isTrue();
    }

    /** The dump shows the state when it began; events that happen meanwhile come between its lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "change resource name:r0 role:Secondary",
                "change connection name:r0 peer-node-id:0 conn-name:peer connection:Connecting role:Unknown",
                "change device name:r0 volume:0 minor:0 disk:Failed",
                "change peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Established",
                "create peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Off",
                "destroy device name:r0 volume:0"
            })
    void dumpLineAfterAnEventOfTheSameObjectIsOutdated(String event) {
        Events2.Follower before = new Events2.Follower();
        before.accept(event);
        DRBD84.lines().forEach(before::accept);
        assertThat(before.hasLostEvents()).isTrue();

        Events2.Follower after = new Events2.Follower();
        DRBD84.lines().filter(line -> !line.equals("exists -")).forEach(after::accept);
        after.accept(event);
        DrbdState state = after.accept("exists -");
        assertThat(after.hasLostEvents()).isFalse();
        assertThat(state.resource("r0").isUpToDateEverywhere()).isFalse();
    }

    @Test
    void tooManyEventsDuringTheDumpCountAsLost() {
        Events2.Follower follower = new Events2.Follower();
        for (int i = 0; i <= 10_000; i++) {
            follower.accept("destroy resource name:r" + i);
        }
        assertThat(follower.hasLostEvents()).isTrue();
    }

    @Test
    void stateIsEmptyIfNothingIsUp() {
        assertThat(Events2.parse("")).isEqualTo(DrbdState.NONE);
        assertThat(Events2.parse("exists -\n")).isEqualTo(DrbdState.NONE);
        assertThat(Events2.parse(DRBD9.strip())).isEqualTo(Events2.parse(DRBD9));
    }

    @Test
    void refusesTruncatedOutput() {
        Recorded.cuts(DRBD9.strip()).skip(1).forEach(cut -> assertThatThrownBy(() -> Events2.parse(cut))
                .isInstanceOf(TextFormatException.class));
    }

    @Test
    void missingKeysAreUnknown() {
        DrbdState state = Events2.parse("exists resource name:r0\nexists device name:r0 volume:0\n"
                + "exists peer-device name:r0 volume:x conn-name:p\nexists -\n");
        ResourceState r0 = state.resource("r0");
        assertThat(r0.role()).isEqualTo(Role.parse(null));
        assertThat(r0.suspended()).isTrue();
        assertThat(r0.isUpToDate()).isFalse();
        assertThat(r0.volumes().get(0))
                .isEqualTo(new DeviceState(0, -1, DiskState.parse(null), null, null, null, null));
        PeerDeviceState peer = r0.connections().get("p").volumes().get(-1);
        assertThat(peer)
                .isEqualTo(new PeerDeviceState(-1, ReplicationState.parse(null), DiskState.parse(null), true, null));
    }

    @Test
    void refusesADumpThatSkippedLines() {
        assertThatThrownBy(() -> Events2.parse("exists resource name:r0 role:Primary\n- skipped 1\nexists -\n"))
                .isInstanceOf(TextFormatException.class)
                .hasMessageContaining("skipped");
    }
}
