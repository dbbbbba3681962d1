package io.jenkins.plugins.drbdocfs2.ocfs2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Output of nodes with a mounted filesystem. */
class Ocfs2ProbesTest {
    @Test
    void readsTheClusterOfTheKernel() {
        O2cbState.Cluster cluster =
                O2cbState.parse(Recorded.text("ocfs2/o2cb-state.txt")).online();

        assertThat(cluster.name()).isEqualTo("tclust");
        assertThat(cluster.mode().state()).isEqualTo(HeartbeatMode.LOCAL);
        assertThat(cluster.nodes())
                .containsExactly(
                        new O2cbNode(0, "sv1", "192.168.0.1", 7777), new O2cbNode(1, "sv2", "192.168.0.2", 7777));
        assertThat(cluster.timeouts())
                .isEqualTo(Map.of(
                        O2cbDefaults.HEARTBEAT_THRESHOLD, 31,
                        O2cbDefaults.IDLE_TIMEOUT_MS, 15_000,
                        O2cbDefaults.KEEPALIVE_DELAY_MS, 2_000,
                        O2cbDefaults.RECONNECT_DELAY_MS, 2_000));
        assertThat(cluster.regions()).hasSize(1);
    }

    @Test
    void isOfflineWithoutACluster() {
        assertThat(O2cbState.parse("")).isEqualTo(O2cbState.OFFLINE);
        assertThat(O2cbState.OFFLINE.online()).isNull();
    }

    @Test
    void readsAMountedVolumeWithItsSlots() {
        String text = Recorded.text("ocfs2/volume-mounted.txt");

        Ocfs2Volume volume = Ocfs2Probes.volume("/dev/drbd0")
                .parser()
                .apply(new Reading(0, text))
                .orElseThrow();

        assertThat(volume.label()).isEqualTo("data");
        assertThat(volume.slots()).isEqualTo(2);
        assertThat(volume.stack()).isEqualTo("o2cb");
        assertThat(volume.cluster()).isEqualTo("tclust");
        assertThat(volume.blockSize()).isEqualTo(4096);
        assertThat(volume.journalBytes()).isPositive();
        assertThat(volume.nodeNumbers()).isNotEmpty().isSubsetOf(0, 1);
        assertThat(volume.dashedUuid()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void refusesAClusterWithAnUnreadableLine() {
        String text = Recorded.text("ocfs2/o2cb-state.txt");
        for (String broken : List.of(
                text.replaceFirst("node 0 \\S+ ", "node 0  "),
                text.replaceFirst("cluster \\S+\n", ""),
                "node\n" + text)) {
            assertThatThrownBy(() -> O2cbState.parse(broken)).isInstanceOf(TextFormatException.class);
        }
    }

    @Test
    void mountingNodesAreKnownOnlyIfAllSlotsWereRead() {
        String text = Recorded.text("ocfs2/volume-mounted.txt");
        String unmounted = text.replaceAll("(?m)^ *\\t? +[01] +[01]\n", "");

        assertThat(slots(0, text)).containsExactly(0, 1);
        assertThat(slots(0, unmounted)).isEmpty();
        assertThat(slots(1, text)).isNull();
        assertThat(slots(0, text.replace("Slot#", "Slot"))).isNull();
        assertThat(slots(0, text.substring(0, text.length() - 3))).isNull();
        assertThat(slots(0, text.replace("debugfs: quit\n", ""))).isNull();
        assertThat(slots(0, text.substring(0, text.lastIndexOf("debugfs: ")))).isNull();
    }

    private static List<Integer> slots(int exitCode, String text) {
        return Ocfs2Probes.volume("/dev/drbd0")
                .parser()
                .apply(new Reading(exitCode, text))
                .orElseThrow()
                .nodeNumbers();
    }

    @Test
    void readsNoVolumeFromAnEmptyDevice() {
        assertThat(Ocfs2Probes.volume("/dev/drbd0")
                        .parser()
                        .apply(new Reading(0, "debugfs: stats\ndebugfs: stat //journal:0000\ndebugfs: slotmap\n")))
                .isEmpty();
    }
}
