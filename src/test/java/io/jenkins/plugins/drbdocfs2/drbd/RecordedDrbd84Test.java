package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Flag;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ProcDrbd;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.LvmReports;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Output of two nodes with DRBD 8.4.11 and a mounted OCFS2. */
class RecordedDrbd84Test {
    private static final String EVENTS = Recorded.text("drbd84/events2-dual-primary.txt");

    @Test
    void readsTwoUpToDatePrimaries() {
        ResourceState r0 = Events2.parse(EVENTS).resource("r0");
        assertThat(r0.isPrimary()).isTrue();
        assertThat(r0.isUpToDateEverywhere()).isTrue();
        assertThat(r0.volumes().get(0))
                .isEqualTo(new DeviceState(0, 0, DiskState.parse("UpToDate"), null, null, 12582492L, null));
        assertThat(r0.connections())
                .containsExactly(Map.entry(
                        "peer",
                        new ConnectionStatus(
                                "peer",
                                null,
                                ConnectionState.parse("Connected"),
                                Role.parse("Primary"),
                                Map.of(
                                        0,
                                        new PeerDeviceState(
                                                0,
                                                ReplicationState.parse("Established"),
                                                DiskState.parse("UpToDate"),
                                                false,
                                                0L)))));
    }

    @Test
    void procAndEventsAgree() {
        ResourceState proc =
                ProcDrbd.parse(Recorded.text("drbd84/proc-dual-primary.txt")).resource("r0", Map.of(0, 0));
        ResourceState events = Events2.parse(EVENTS).resource("r0");
        assertThat(proc.connections()).isEqualTo(events.connections());
        assertThat(proc.role()).isEqualTo(events.role());
        assertThat(proc.volumes().get(0).disk().state()).isEqualTo(DiskState.UP_TO_DATE);
    }

    @Test
    void separatesResources() {
        DrbdState state = Events2.parse(Recorded.text("drbd84/events2-two-resources.txt"));
        assertThat(state.resources()).containsOnlyKeys("r0", "r1");
        assertThat(state.resource("r1").volumes().get(0).minor()).isEqualTo(1);
        assertThat(state.resource("r1").isPrimary()).isFalse();
    }

    @Test
    void refusesTruncatedOutput() {
        Recorded.cuts(EVENTS.strip()).skip(1).forEach(cut -> assertThatThrownBy(() -> Events2.parse(cut))
                .isInstanceOf(TextFormatException.class));
    }

    @Test
    void readsVersionAndGenerationIdentifiers() {
        assertThat(DrbdVersion.parse(Recorded.text("drbd84/version.txt")))
                .isEqualTo(new DrbdVersion("9.22.0", "8.4.11", 1))
                .extracting(DrbdVersion::generation)
                .isEqualTo(DrbdGeneration.V84);
        GenerationIds ids = GenerationIds.parse(Recorded.text("drbd84/get-gi-up.txt"));
        assertThat(ids.justCreated()).isFalse();
        assertThat(ids.flags())
                .containsExactlyInAnyOrder(Flag.CONSISTENT, Flag.WAS_UP_TO_DATE, Flag.PRIMARY, Flag.CONNECTED);
    }

    @Test
    void readsMountsAndVolumes() {
        MountInfo.Mount mount = MountInfo.parse(Recorded.text("proc/mountinfo-ocfs2.txt"))
                .ofDevice("147:0")
                .get(0);
        assertThat(mount.type()).isEqualTo("ocfs2");
        assertThat(mount.mountPoint()).isEqualTo("/mnt");
        assertThat(LvmReports.logicalVolumes(Recorded.text("lvm/lvs-active.txt")))
                .hasSize(3)
                .allMatch(LogicalVolume::isActive);
    }
}
