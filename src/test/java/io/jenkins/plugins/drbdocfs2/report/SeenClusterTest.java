package io.jenkins.plugins.drbdocfs2.report;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.node;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the steps of a build are told apart by cluster. */
class SeenClusterTest {
    private static Map<String, Object> on(String cluster, String... nodes) {
        List<Object> byNode = new ArrayList<>();
        for (String name : nodes) {
            byNode.add(name);
            byNode.add(node(false, map("role", "Primary", "disk", "UpToDate")));
        }
        Map<String, Object> result = step("drbdPromote", map("resource", "r0"), 10, byNode.toArray());
        if (cluster != null) {
            result.put("cluster", cluster);
        }
        return result;
    }

    private static List<String> headings(List<Map<String, Object>> results) {
        return ReportOverview.of(results).clusters().stream()
                .map(SeenCluster::heading)
                .toList();
    }

    @Test
    void clusterWithoutANameHasTheNamesOfItsNodes() {
        assertThat(headings(List.of(on(null, "sv2", "sv1")))).containsExactly("sv1, sv2");
        assertThat(headings(List.of(on(null, "n5", "n4", "n3", "n2", "n1", "n6"))))
                .containsExactly("n1, n2, n3, n4 and 2 more nodes");
        assertThat(headings(List.of(on("paris", "sv2", "sv1")))).containsExactly("paris");
    }

    @Test
    void clustersWithoutANameAreToldApartByTheirNodes() {
        assertThat(headings(List.of(on(null, "sv1", "sv2"), on(null, "n1", "n2"), on(null, "sv1"))))
                .containsExactly("sv1, sv2", "n1, n2");
        assertThat(headings(List.of(on(null, "sv1"), on("paris", "sv1")))).containsExactly("sv1", "paris");
    }

    @Test
    void nodesThatALaterStepHasTogetherAreOneCluster() {
        ReportOverview overview =
                ReportOverview.of(List.of(on(null, "sv1"), on(null, "other"), on(null, "sv2"), on(null, "sv1", "sv2")));
        assertThat(overview.clusters()).extracting(SeenCluster::heading).containsExactly("sv1, sv2", "other");
        Topology topology = overview.clusters().get(0).topology();
        assertThat(topology.nodes()).containsExactly("sv1", "sv2");
        assertThat(topology.seen("r0", "sv2").word("disk")).isEqualTo("UpToDate");
    }

    @Test
    void pageNamesEachPictureAndItsWords() {
        ReportPage page =
                new ReportPage(ReportHtml.render("web", List.of(on(null, "sv1", "sv2"), on("paris", "sv1", "sv2"))));
        assertThat(page.texts("//section[@class='dr-cluster']//h3")).containsExactly("sv1, sv2", "paris");
        assertThat(page.count("//*[@id='drbd-picture-1-title']")).isEqualTo(1);
        assertThat(page.count("//*[@aria-labelledby='drbd-picture-2-title drbd-picture-2-text']"))
                .isEqualTo(1);
    }
}
