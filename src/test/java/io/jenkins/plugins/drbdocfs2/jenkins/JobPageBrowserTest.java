package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.browser.Browser;
import io.jenkins.plugins.drbdocfs2.browser.BrowserPage;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of a job in a browser, as Jenkins serves it: in light and dark, in a wide and a narrow window. */
class JobPageBrowserTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final Browser BROWSER = new Browser();

    private ReportedJob job;

    @BeforeEach
    void make() throws IOException {
        job = new ReportedJob(Files.createTempDirectory(directory, "job"));
    }

    private static List<Map<String, Object>> sample(String name, String cluster, int day) throws Exception {
        List<Map<String, Object>> steps = new ArrayList<>();
        try (InputStream in = ReportHtml.class.getResourceAsStream(name + ".json")) {
            for (Object step : JsonParser.array().from(in)) {
                steps.add(started((JsonObject) step, cluster, day));
            }
        }
        return steps;
    }

    private static Map<String, Object> started(Map<String, Object> step, String cluster, int day) {
        Map<String, Object> result = new LinkedHashMap<>(step);
        result.put("started", String.format("2026-11-%02dT05:00:00Z", day));
        if (cluster != null) {
            result.put("cluster", cluster);
        }
        return result;
    }

    private static Map<String, Object> health(int day, long millis, List<Map<String, Object>> problems) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("step", "clusterHealth");
        result.put("changed", false);
        result.put("dryRun", false);
        result.put("durationMillis", millis);
        result.put("healthy", problems.isEmpty());
        result.put("problems", problems);
        result.put("nodes", Map.of("sv1", Map.of("changed", false), "sv2", Map.of("changed", false)));
        return started(result, "storage", day);
    }

    private static Map<String, Object> status(int day, String disk, String connection, long kib) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("changed", false);
        node.put("up", true);
        node.put("role", "Primary");
        node.put("disk", disk);
        node.put("connection", connection);
        node.put("replication", connection.equals("Connected") ? "Established" : null);
        node.put("outOfSyncKib", kib);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("step", "drbdWaitSync");
        result.put("resource", "r0");
        result.put("changed", false);
        result.put("dryRun", false);
        result.put("durationMillis", 1200 + kib / 64);
        result.put("nodes", Map.of("sv1", node, "sv2", node));
        return started(result, "storage", day);
    }

    private static Map<String, Object> problem(String severity, String id, String node, String finding) {
        return Map.of("severity", severity, "id", id, "node", node, "finding", finding, "remedy", "Repair it");
    }

    private void nights() throws Exception {
        job.add(Result.SUCCESS, sample("dual-primary", "storage", 1));
        job.add(Result.FAILURE, sample("three-nodes", null, 1));
        for (int day = 2; day <= 26; day++) {
            List<Map<String, Object>> problems = new ArrayList<>();
            if (day % 9 == 4) {
                problems.add(problem("critical", "node.not-reachable", "sv2", "sv2 does not answer at 10.0.0.2"));
            }
            if (day % 5 == 4) {
                problems.add(problem("error", "drbd.connection-lost", "sv1", "r0 is not connected to sv2: Connecting"));
            }
            long kib = day % 5 == 4 ? 400_000L * day : 0;
            job.add(
                    problems.isEmpty() ? Result.SUCCESS : Result.UNSTABLE,
                    List.of(
                            status(day, "UpToDate", kib > 0 ? "Connecting" : "Connected", kib),
                            health(day, 2000 + 37 * day, problems)));
        }
        job.add(Result.FAILURE, sample("failed", "storage", 27));
        job.add(Result.ABORTED, List.of());
        job.add(null, List.of(health(29, 2300, List.of())));
    }

    private BrowserPage open(ReportServer server, int width, boolean dark) {
        return BROWSER.page(width, 900, dark).open(server.address());
    }

    private ReportServer server(boolean dark) throws IOException {
        return new ReportServer(job.page(), dark ? ReportPageBrowserTest.DARK : ReportPageBrowserTest.LIGHT);
    }

    @Test
    void pageIsReadableInLightAndDarkAndInAnyWindow() throws Exception {
        nights();
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1280, 600)) {
                try (ReportServer server = server(dark)) {
                    BrowserPage page = open(server, width, dark);
                    page.await("document.querySelector('.dr-age').dataset.ago");
                    JsonObject found = (JsonObject) page.evaluate(ReportPageBrowserTest.check());
                    assertThat(found.getInt("picture")).isEqualTo(2);
                    assertThat(found.getArray("faint")).as("at %d", width).isEmpty();
                    assertThat(found.getInt("tooWide")).isZero();
                    assertThat(page.evaluate("[...document.querySelectorAll('.dr-trend-table td')].every((cell) =>"
                                    + " cell.getBoundingClientRect().right <= innerWidth)"))
                            .as("no cell beyond the window of %d", width)
                            .isEqualTo(true);
                    assertThat(page.complaints())
                            .as("under a policy without inline scripts and styles")
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void healthIsToldByShapeAndWordAndColour() throws Exception {
        nights();
        try (ReportServer server = server(false)) {
            BrowserPage page = open(server, 1280, false);
            String rows = "[...document.querySelectorAll('.dr-trend-table tbody tr .dr-state')]";
            for (String measure : List.of(
                    "state.textContent",
                    "state.querySelector('use').getAttribute('href')",
                    "getComputedStyle(state).color")) {
                assertThat(page.evaluate("new Set(" + rows + ".map((state) => " + measure + ")).size"))
                        .as(measure)
                        .isEqualTo(4);
            }
            assertThat(page.evaluate("[...document.querySelectorAll('.dr-trend use')].map((mark) =>"
                            + " mark.getAttribute('href')).reverse().join()"))
                    .as("the chart has the same, the oldest on the left")
                    .isEqualTo(page.evaluate(
                            rows + ".map((state) => state.querySelector('use').getAttribute('href')).join()"));
        }
    }

    @Test
    void pageWorksWithoutAMouse() throws Exception {
        nights();
        for (int width : List.of(1280, 600)) {
            try (ReportServer server = server(false)) {
                BrowserPage page = open(server, width, false);
                List<Object> focused = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    page.press("Tab");
                    focused.add(page.evaluate("document.activeElement.getAttribute('href')"
                            + " ?? document.activeElement.getAttribute('aria-label')"));
                    assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                            .as("focus on %s", focused.get(i))
                            .isEqualTo("solid");
                    if ("../1/drbd-ocfs2/".equals(focused.get(i))) {
                        break;
                    }
                }
                assertThat(focused)
                        .startsWith("../30/drbd-ocfs2/", "Picture of the cluster", "../28/drbd-ocfs2/")
                        .endsWith("../3/drbd-ocfs2/", "../2/drbd-ocfs2/", "../1/drbd-ocfs2/");
                assertThat(focused.stream().filter("../17/drbd-ocfs2/"::equals))
                        .as("in the table, and not again in the chart")
                        .hasSize(1);
                assertThat(page.complaints()).isEmpty();
            }
        }
    }

    @Test
    void pageOfAJobWithFewBuildsFits() throws Exception {
        job.add(Result.SUCCESS, List.of(health(2, 2000, List.of())));
        try (ReportServer server = server(true)) {
            BrowserPage page = open(server, 600, true);
            JsonObject found = (JsonObject) page.evaluate(ReportPageBrowserTest.check());
            assertThat(found.getInt("tooWide")).isZero();
            assertThat(found.getArray("faint")).isEmpty();
            assertThat(page.complaints()).isEmpty();
        }
    }
}
