package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.MNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.UUID;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ocfs2StatusTest {
    private static final Ocfs2Status ALL = new Ocfs2Status(null);

    private static NodeFacts found(NodeFacts node, String... devices) {
        return node.with(Ocfs2Probes.DEVICES, List.of(devices));
    }

    @Test
    void changesNothing() {
        assertThat(ALL.plan(cluster(found(mounted(SV1), DRBD0))).isEmpty()).isTrue();
    }

    @Test
    void probesEachDeviceExceptDisksBelowDrbd() {
        NodeFacts sv1 = found(fresh(SV1), DRBD0, "/dev/mapper/sys-drbd0", "/dev/sdz");

        List<String> keys = ALL.probes(SV1, BOTH, cluster(sv1)).probes().stream()
                .map(Probe::key)
                .toList();

        assertThat(keys).contains("device /dev/sdz", "ocfs2 volume /dev/sdz").noneMatch(key -> key.contains("mapper"));
    }

    @Test
    void warnsOfAnUnreadableClusterConf() throws StepFailure {
        NodeFacts broken = found(mounted(SV1), DRBD0)
                .with(
                        SystemProbes.file(ClusterConf.PATH),
                        new SystemProbes.FileFact(true, "cluster:\n\tname = tclust\n", "644"));

        assertThat(ALL.plan(cluster(broken)).notes())
                .anyMatch(note -> note.startsWith(Plan.WARNING + "sv1: /etc/ocfs2/cluster.conf cannot be read")
                        && note.contains("no node_count"));
    }

    @Test
    void reportsClusterAndVolumes() {
        Map<String, Object> report = report(ALL, found(mounted(SV1), DRBD0));

        assertThat(report)
                .containsEntry("online", true)
                .containsEntry("cluster", "tclust")
                .containsEntry("configuredClusters", List.of("tclust"))
                .containsEntry("atBoot", true)
                .containsEntry("clusterNodes", Map.of("sv1", 0, "sv2", 1));
        assertThat((List<?>) report.get("volumes")).singleElement().isInstanceOfSatisfying(Map.class, volume -> {
            assertThat(volume.get("device")).isEqualTo(DRBD0);
            assertThat(volume.get("mountedAt")).isEqualTo(List.of(MNT));
            assertThat(volume.get("mountedBy")).isEqualTo(List.of("sv1", "sv2"));
            assertThat(volume.get("nodeSlots")).isEqualTo(2);
            assertThat(volume.get("uuid")).isEqualTo(UUID);
        });
    }

    @Test
    void reportsThatNoClusterIsOnline() {
        assertThat(report(ALL, found(fresh(SV1))))
                .containsEntry("online", false)
                .containsEntry("volumes", List.of())
                .doesNotContainKey("heartbeatThreshold");
    }

    @Test
    void refusesAnInvalidDevice() {
        assertThatThrownBy(() -> new Ocfs2Status("sdb").check(BOTH)).hasMessageContaining("device must");
    }
}
