package io.jenkins.plugins.drbdocfs2.report;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static io.jenkins.plugins.drbdocfs2.report.SampleResults.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Problems, differences from the Jenkinsfile, unreachable nodes, and several clusters on the page. */
class ReportFindingsTest {
    private static final String TILE = "//li[contains(@class, 'dr-tile')]";

    private static Map<String, Object> with(Map<String, Object> result, Object... more) {
        result.putAll(map(more));
        return result;
    }

    private static ReportPage page(Object... results) {
        return new ReportPage(ReportHtml.render(
                "web #1",
                List.of(results).stream()
                        .map(result -> {
                            @SuppressWarnings("unchecked")
                            Map<String, Object> map = (Map<String, Object>) result;
                            return map;
                        })
                        .toList()));
    }

    private static Map<String, Object> health() {
        Map<String, Object> problem = map(
                "severity",
                "error",
                "id",
                "drbd.disk-lost",
                "node",
                "sv2",
                "finding",
                "volume 0 is Diskless",
                "remedy",
                "Replace it");
        return with(
                step(
                        "clusterHealth",
                        map("healthy", false, "problems", List.of(problem)),
                        5,
                        "sv1",
                        map("changed", false, "reachable", true),
                        "sv2",
                        map("changed", false, "reachable", false, "reason", "no route")),
                "notes",
                List.of("warning: error drbd.disk-lost: sv2: volume 0 is Diskless. Replace it"),
                "warning",
                "1 problem, the first: ...");
    }

    @Test
    void unstableIsNotFailed() {
        ReportPage page = page(health());
        assertThat(page.texts(TILE)).startsWith("Unstable", "1 step", "1 unstable");
        assertThat(page.text("//p[contains(@class, 'dr-warning')]"))
                .isEqualTo("Step 1, clusterHealth 1 problem, the first: ...");
        Map<String, Object> failed = with(step("drbdStatus", map(), 5), "error", "drbdStatus: caught");
        assertThat(new ReportPage(ReportHtml.render("web", List.of(failed), true)).texts(TILE))
                .startsWith("Unstable");
        assertThat(new ReportPage(ReportHtml.render("web", List.of(failed), false)).texts(TILE))
                .startsWith("Failed");
    }

    @Test
    void showsProblemsWithTheirParts() {
        ReportPage page = page(health());
        assertThat(page.text("//li[@class='dr-refusal']/p[1]")).isEqualTo("error sv2 drbd.disk-lost");
        assertThat(page.text("//li[@class='dr-refusal']/dl/dd")).isEqualTo("Replace it");
        assertThat(page.count("//ul[@class='dr-notes']")).isZero();
    }

    @Test
    void anUnreachableNodeIsNotUnchanged() {
        assertThat(page(health()).texts("//h4")).contains("sv1 unchanged", "sv2 not reachable");
    }

    @Test
    void listsDifferencesFromTheJenkinsfileNodeByNode() {
        Map<String, Object> mount = with(
                step(
                        "clusterMount",
                        map("device", "/dev/drbd0"),
                        5,
                        "sv1",
                        map("changed", false),
                        "sv2",
                        map("changed", true, "planned", List.of("change /etc/fstab"))),
                "dryRun",
                true,
                "changed",
                true);
        ReportPage page = page(mount);
        String node = "//section[contains(@class, 'dr-summary')]/details";
        assertThat(page.texts(node + "/summary"))
                .containsExactly("sv1 as in the Jenkinsfile", "sv2 1 step would change it");
        assertThat(page.text(node + "//li")).isEqualTo("1 clusterMount change /etc/fstab");
        assertThat(page.text(node + "//li/a/@href")).isEqualTo("#drbd-step-1");
    }

    @Test
    void showsAPictureForEachClusterEvenWithEqualNodeNames() {
        Map<String, Object> paris = with(
                step(
                        "drbdStatus",
                        map("resource", "r0"),
                        5,
                        "sv1",
                        map("role", "Primary", "disk", "UpToDate", "up", true)),
                "cluster",
                "paris");
        Map<String, Object> rome = with(
                step(
                        "drbdStatus",
                        map("resource", "r0"),
                        5,
                        "sv1",
                        map("role", "Secondary", "disk", "Outdated", "up", true)),
                "cluster",
                "rome");
        ReportPage page = page(paris, rome);
        assertThat(page.texts("//h3[@class='dr-cluster-name']")).containsExactly("paris", "rome");
        assertThat(page.count("//svg[@role='img']")).isEqualTo(2);
        assertThat(page.texts("//h2")).contains("Clusters");
    }

    private static Map<String, Object> noting(String cluster, String... notes) {
        Map<String, Object> step = step("drbdPromote", map("resource", "r0"), 5, "sv1", map("changed", false));
        return with(with(step, "notes", List.of(notes)), "cluster", cluster);
    }

    @Test
    void showsAWarningOfAClusterOnce() {
        String warning = "warning: 'r0' allows two Primaries without fencing";
        ReportPage page = page(
                noting("paris", "created", warning),
                noting("paris", warning, "created"),
                noting("rome", warning),
                noting("paris", warning));
        String notes = "//ul[@class='dr-notes']/li";
        assertThat(page.texts(notes))
                .containsExactly(
                        "created",
                        warning,
                        "The same warning as in step 1",
                        "created",
                        warning,
                        "The same warning as in step 1");
        assertThat(page.texts(notes + "//a/@href")).containsOnly("#drbd-step-1");
    }

    @Test
    void showsWhenTheBuildAndEachStepStarted() {
        ReportPage page = page(
                with(step("clusterCheck", map(), 5, "sv1", map("changed", false)), "started", "2026-11-30T03:31:38Z"));
        assertThat(page.texts(TILE + "/time")).containsExactly("2026-11-30 03:31 UTC");
        assertThat(page.texts("//summary/time")).containsExactly("03:31:38");
        assertThat(page.texts("//summary/time/@datetime")).containsExactly("2026-11-30T03:31:38Z");
    }
}
