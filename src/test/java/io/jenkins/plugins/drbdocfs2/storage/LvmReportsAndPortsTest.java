package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LvmReportsAndPortsTest {
    @Test
    void readsLvmReports() {
        assertThat(LvmReports.volumeGroups(Recorded.text("lvm/vgs.txt")))
                .containsExactly(new VolumeGroup("sys", 411041792, 272629760, 4194304, "wz--n-"));
        assertThat(LvmReports.logicalVolumes(Recorded.text("lvm/lvs.txt")))
                .containsExactly(
                        new LogicalVolume("sys", "drbd0", 104857600, "-wi-XX----"),
                        new LogicalVolume("sys", "drbd0_meta", 33554432, "-wi-XX----"));
        assertThat(LvmReports.physicalVolumes(Recorded.text("lvm/pvs.txt")))
                .containsExactly(
                        new PhysicalVolume("/dev/loop0", "sys", 205520896, "a--"),
                        new PhysicalVolume("/dev/loop1", "sys", 205520896, "a--"),
                        new PhysicalVolume("/dev/loop2", null, 209715200, "---"));
        assertThat(new LogicalVolume("sys", "drbd0", 1, "-wi-a-----").path()).isEqualTo("/dev/sys/drbd0");
        assertThat(LvmReports.volumeGroups("")).isEmpty();
    }

    @Test
    void refusesTruncatedLvmReportsOrReadsWholeLines() {
        String text = Recorded.text("lvm/lvs.txt");
        List<LogicalVolume> whole = LvmReports.logicalVolumes(text);
        Recorded.onEachCut(
                text, TextFormatException.class, cut -> assertThat(whole).containsAll(LvmReports.logicalVolumes(cut)));
        Recorded.onEachCut(Recorded.text("lvm/vgs.txt"), TextFormatException.class, LvmReports::volumeGroups);
        Recorded.onEachCut(Recorded.text("lvm/pvs.txt"), TextFormatException.class, LvmReports::physicalVolumes);
    }

    @Test
    void readsListeningPorts() {
        ListeningPorts ports = ListeningPorts.parse(Recorded.text("proc/net-tcp.txt"));
        assertThat(ports.listeners())
                .containsExactly(
                        new ListeningPorts.Listener("127.0.0.1", 7789),
                        new ListeningPorts.Listener("0:0:0:0:0:0:0:1", 7777),
                        new ListeningPorts.Listener("0:0:0:0:0:0:0:0", 7790));
        assertThat(ports.has(7789)).isTrue();
        assertThat(ports.has(50862)).isFalse();
        assertThat(ports.has("10.0.0.1", 7789)).isFalse();
        assertThat(ports.has("127.0.0.1", 7789)).isTrue();
        assertThat(ports.has("10.0.0.1", 7790)).isTrue();
        Recorded.onEachCut(Recorded.text("proc/net-tcp.txt"), TextFormatException.class, ListeningPorts::parse);
    }
}
