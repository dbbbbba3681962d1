package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import hudson.model.Result;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.Model;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.TreePruner;

/** The page of a job with the reports of its builds. */
class JobPageTest {
    @TempDir
    private Path directory;

    private ReportedJob job;

    @BeforeEach
    void make() {
        job = new ReportedJob(directory);
    }

    private static Map<String, Object> promoted(String cluster, String disk, String... nodes) {
        Map<String, Object> byNode = new LinkedHashMap<>();
        for (String node : nodes) {
            byNode.put(
                    node, Map.of("changed", false, "up", true, "role", "Primary", "disk", disk, "outOfSyncKib", 2048));
        }
        return step("drbdPromote", cluster, byNode);
    }

    private static Map<String, Object> step(String name, String cluster, Map<String, Object> nodes) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("step", name);
        step.put("started", "2026-11-29T05:00:00Z");
        if (cluster != null) {
            step.put("cluster", cluster);
        }
        step.put("resource", "r0");
        step.put("changed", false);
        step.put("dryRun", false);
        step.put("durationMillis", 1500);
        step.put("nodes", nodes);
        return step;
    }

    // The exporter of Stapler, which Jenkins uses for api/json
    private JsonObject exported() throws Exception {
        JobClusterAction page = job.page();
        Model<JobClusterAction> model = new ModelBuilder().get(JobClusterAction.class);
        StringWriter json = new StringWriter();
        model.writeTo(page, new TreePruner.ByDepth(1), Flavor.JSON.createDataWriter(page, json, new ExportConfig()));
        return JsonParser.object().from(json.toString());
    }

    private List<Object> clusters(String key) throws Exception {
        return exported().getArray("clusters").stream()
                .map(cluster -> ((JsonObject) cluster).get(key))
                .toList();
    }

    private List<Object> builds(String key) throws Exception {
        return exported().getArray("builds").stream()
                .map(build -> ((JsonObject) build).get(key))
                .toList();
    }

    @Test
    void clusterIsShownAsTheNewestBuildSawIt() throws Exception {
        job.add(Result.SUCCESS, List.of(promoted("paris", "Failed", "sv1"), promoted(null, "UpToDate", "sv2", "sv1")));
        job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        job.add(Result.SUCCESS, List.of(step("clusterExec", "paris", Map.of("sv1", Map.of("changed", true)))));
        assertThat(clusters("name")).containsExactly("paris", "sv1, sv2");
        assertThat(clusters("configured")).containsExactly(true, false);
        assertThat(clusters("build")).containsExactly(2, 1);
        assertThat(clusters("seen")).containsOnly("2026-11-29T05:00:00Z");
        JsonObject sv1 =
                exported().getArray("clusters").getObject(0).getObject("nodes").getObject("sv1");
        assertThat(sv1.getObject("resources").getObject("r0").getString("disk")).isEqualTo("UpToDate");
        assertThat(job.page().getBody())
                .contains("<h3 class=\"dr-cluster-name\">paris</h3>", "<h3 class=\"dr-cluster-name\">sv1, sv2</h3>")
                .contains("datetime=\"2026-11-29T05:00:00Z\"", "href=\"../2/drbd-ocfs2/\"")
                .contains("id=\"drbd-picture-1-title\"", "id=\"drbd-picture-2-title\"");
    }

    @Test
    void healthAndPictureMayBeOfDifferentBuilds() throws Exception {
        job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        Map<String, Object> health = step("clusterHealth", "paris", Map.of("sv1", Map.of("changed", false)));
        health.put("problems", List.of(Map.of("severity", "error", "id", "filesystem.full", "finding", "/ is full")));
        job.add(Result.UNSTABLE, List.of(health));
        assertThat(clusters("health")).containsExactly("degraded");
        assertThat(clusters("build")).containsExactly(2);
        assertThat(clusters("pictureBuild")).containsExactly(1);
        assertThat(job.page().getBody()).contains("filesystem.full: / is full", "newer builds did not report");
    }

    @Test
    void trendHasTheNewestBuildFirst() throws Exception {
        job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1"), promoted("rome", "UpToDate", "sv1")));
        job.add(Result.SUCCESS);
        job.add(Result.UNSTABLE, List.of(promoted("paris", "Failed", "sv1")));
        job.add(null, List.of(step("clusterExec", "paris", Map.of("sv1", Map.of()))));
        assertThat(builds("number")).containsExactly(4, 3, 1);
        assertThat(builds("result")).containsExactly(null, "UNSTABLE", "SUCCESS");
        assertThat(builds("health")).containsExactly("unknown", "degraded", "degraded");
        assertThat(builds("outOfSyncKib")).containsExactly(null, 2048, 4096);
        assertThat(builds("durationMillis")).containsExactly(1500, 1500, 3000);
        assertThat(builds("steps").get(2)).isEqualTo(Map.of("drbdPromote", 3000));
        assertThat(job.page().getBody()).contains("#4</a> <span class=\"dr-quiet\">running</span>", "drbdPromote, 3 s");
    }

    @Test
    void deletedBuildDropsOut() throws Exception {
        ReportedJob.Build first = job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        job.add(Result.SUCCESS, List.of(promoted("rome", "UpToDate", "sv1")));
        job.delete(first);
        assertThat(builds("number")).containsExactly(2);
        assertThat(clusters("name")).containsExactly("rome");
    }

    @Test
    void buildDeletedWhileThePageIsMadeDropsOut() throws Exception {
        ReportedJob.Build first = job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        Files.delete(file(first));
        Files.delete(first.getRootDir().toPath());
        assertThat(builds("number")).isEmpty();
        assertThat(job.page().getBody()).contains("No build has a report now.");
    }

    private static Path file(ReportedJob.Build build) {
        return build.getRootDir().toPath().resolve(ReportAction.FILE);
    }

    @Test
    void unreadableReportIsToldAndIsNoFinding() throws Exception {
        job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        Files.delete(file(job.add(Result.SUCCESS, List.of(promoted("paris", "Failed", "sv1")))));
        Path directory = file(job.add(Result.SUCCESS, List.of(promoted("paris", "Failed", "sv1"))));
        Files.delete(directory);
        Files.createDirectory(directory);
        assertThat(builds("health").subList(0, 2)).containsOnly("unknown");
        assertThat(builds("reasons").get(1)).isEqualTo(List.of("its report is missing"));
        assertThat(builds("reasons").get(0).toString()).startsWith("[its report could not be read (");
        assertThat(clusters("build")).containsExactly(1);
        assertThat(job.page().getBody()).doesNotContain(this.directory.toString());
    }

    @Test
    void unreadableLineIsToldAndTheOthersCount() throws Exception {
        ReportedJob.Build build = job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        String id = "11111111-0000-4000-8000-000000000001";
        Files.writeString(
                file(build),
                "{\"begin\":\"" + id + "\",\"result\":{}}\n{\"end\":\"" + id
                        + "\",\"state\":\"changed\",\"result\":{broken}\n",
                StandardOpenOption.APPEND);
        assertThat(clusters("name")).containsExactly("paris");
        assertThat((String) builds("note").get(0)).startsWith("1 step could not be read, the last at byte ");
        assertThat(job.page().getBody()).contains("1 step could not be read").doesNotContain(directory.toString());
    }

    @Test
    void onlyTheNewestBuildsAreRead() throws Exception {
        for (int i = 0; i < JobClusterAction.MOST_BUILDS + 5; i++) {
            job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        }
        assertThat(builds("number"))
                .hasSize(JobClusterAction.MOST_BUILDS)
                .startsWith(55)
                .endsWith(6);
        assertThat(job.page().getBody()).contains("the newest 50 builds");
        assertThat(job.asked()).isLessThan(3 * (JobClusterAction.MOST_BUILDS + 1));
    }

    @Test
    void onlyTheEndOfALongReportIsRead() throws Exception {
        Map<String, Object> noise = step("clusterExec", "paris", Map.of("sv1", Map.of()));
        noise.put("noise", "x".repeat(1024 * 1024));
        ReportedJob.Build build = job.add(
                Result.SUCCESS,
                List.of(
                        promoted("rome", "UpToDate", "sv1"),
                        noise,
                        noise,
                        noise,
                        noise,
                        promoted("paris", "UpToDate", "sv1")));
        assertThat(Files.size(file(build))).isGreaterThan(JobClusterAction.MOST_OF_ONE);
        assertThat(clusters("name")).containsExactly("paris");
        assertThat((String) builds("note").get(0)).startsWith("Only the last 4.0 MiB of the report of 4.0 MiB");
    }

    @Test
    void reportsOfOldBuildsAreNotReadIfNewerOnesAreLong() throws Exception {
        Map<String, Object> noise = step("clusterExec", "paris", Map.of("sv1", Map.of()));
        noise.put("noise", "x".repeat((int) JobClusterAction.MOST_OF_ONE));
        int fit = (int) (JobClusterAction.MOST_OF_ALL / JobClusterAction.MOST_OF_ONE);
        for (int i = 0; i <= fit; i++) {
            job.add(Result.SUCCESS, List.of(noise));
        }
        assertThat(builds("reasons").get(fit))
                .isEqualTo(List.of("not read, because the reports of newer builds are long"));
        assertThat(builds("reasons").get(fit - 1).toString()).doesNotContain("not read");
    }

    @Test
    void pageEscapesHostileText() throws Exception {
        String hostile = "</td><script>alert(1)</script>\"'\u202e";
        Map<String, Object> step = promoted(hostile, hostile, hostile);
        step.put("step", hostile);
        step.put("problems", List.of(Map.of("severity", "critical", "id", hostile, "finding", hostile)));
        step.put("error", hostile);
        ReportedJob.Build build = job.add(Result.FAILURE, List.of(step, promoted(null, hostile, hostile + "2")));
        build.setDisplayName(hostile);
        assertThat(job.page().getBody()).doesNotContain("<script", "\u202e").contains("&lt;script&gt;");
    }

    @Test
    void pageStaysSmallWhateverTheReportsHold() throws Exception {
        for (int i = 0; i < 40; i++) {
            String[] nodes = new String[24];
            for (int n = 0; n < nodes.length; n++) {
                nodes[n] = "node-" + i + "-" + n + "-" + "x".repeat(300);
            }
            job.add(Result.SUCCESS, List.of(promoted("cluster-" + i, "Failed", nodes)));
        }
        assertThat(job.page().getBody().getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
    }

    @Test
    void jobHasThePageOnlyIfOneOfItsNewestBuildsHasAReport() throws Exception {
        JobClusterAction.Factory factory = new JobClusterAction.Factory();
        assertThat(factory.createFor(job)).isEmpty();
        job.add(Result.SUCCESS);
        assertThat(factory.createFor(job)).isEmpty();
        job.add(Result.SUCCESS, List.of(promoted("paris", "UpToDate", "sv1")));
        for (int i = 0; i < 19; i++) {
            job.add(Result.SUCCESS);
        }
        assertThat(factory.createFor(job))
                .hasOnlyElementsOfType(JobClusterAction.class)
                .hasSize(1);
        job.add(Result.SUCCESS);
        assertThat(factory.createFor(job)).isEmpty();
        assertThat(job.asked()).as("builds that it has loaded").isZero();
    }

    @Test
    void sidePanelLinksToThePage() throws Exception {
        JobClusterAction page = job.page();
        assertThat(page.getUrlName()).isEqualTo("drbd-ocfs2");
        assertThat(page.getIconFileName()).startsWith("symbol-");
        assertThat(page.getDisplayName()).isEqualTo("DRBD and OCFS2");
        assertThat(page.getApi().bean).isSameAs(page);
        JsonArray none = exported().getArray("clusters");
        assertThat(none).isEmpty();
    }
}
