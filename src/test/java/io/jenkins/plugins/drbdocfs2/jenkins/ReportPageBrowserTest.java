package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.browser.Browser;
import io.jenkins.plugins.drbdocfs2.browser.BrowserPage;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report in a browser, as Jenkins serves it. */
class ReportPageBrowserTest {
    // war/src/main/scss/abstracts/_theme.scss of Jenkins 2.479.3
    static final String LIGHT =
            """
            :root { --white: #fff; --black: #14141f; --blue: #006fe6; --green: #1ea64b; --orange: #fe820a; --red: #e6001f;
              --secondary: rgb(96, 125, 159); --background: var(--white); --text-color: var(--black);
              --text-color-secondary: var(--secondary); --accent-color: var(--blue); --link-color: var(--accent-color);
              --card-background: var(--background); }
            body { background: var(--background); color: var(--text-color); }
            """;
    // src/main/frontend/main.scss of the dark-theme plugin of that time
    static final String DARK =
            """
            :root { --white: #fff; --black: hsl(240, 22%, 10%); --blue: hsl(210, 100%, 55%); --green: hsl(135, 75%, 55%);
              --orange: hsl(35, 100%, 50%); --red: hsl(5, 100%, 60%); --background: hsl(240, 6%, 13%);
              --text-color: rgb(250, 250, 255); --text-color-secondary: rgb(160, 160, 165);
              --accent-color: color(display-p3 0.43 0.757 1); --link-color: var(--accent-color);
              --card-background: hsl(240, 6%, 15%); }
            body { background: var(--background); color: var(--text-color); }
            """;

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final Browser BROWSER = new Browser();

    private TestBuild build;

    @BeforeEach
    void make() throws IOException {
        build = new TestBuild(Files.createTempDirectory(directory, "job"));
    }

    private ReportedStep begin(RunningStep live) {
        return ReportedStep.begin(build.build(), TaskListener.NULL, live);
    }

    private static RunningStep step(String name) {
        return new RunningStep(name, Map.of("resource", "r0"), false, List.of("sv1", "sv2"), text -> text);
    }

    private static void synchronising(RunningStep live, double percent) {
        live.node("sv1", facts("Primary", "UpToDate", "SyncSource", percent));
        live.node("sv2", facts("Secondary", "Inconsistent", "SyncTarget", null));
    }

    private static Map<String, Object> facts(String role, String disk, String replication, Double percent) {
        Map<String, Object> facts = new LinkedHashMap<>(Map.of("changed", false, "up", true));
        facts.putAll(Map.of("role", role, "disk", disk, "connection", "Connected", "replication", replication));
        if (percent != null) {
            facts.put(StepResult.PROGRESS, Map.of("what", "in step", "percent", percent));
            facts.put(StepResult.DOING, "waiting for 'r0' to be UpToDate everywhere");
        }
        return facts;
    }

    @Test
    void pageUpdatesInPlace() throws Exception {
        RunningStep first = step("drbdWaitSync");
        ReportedStep firstStep = begin(first);
        synchronising(first, 10);
        try (ReportServer server = new ReportServer(build.report(), LIGHT)) {
            BrowserPage page = BROWSER.page(1200, 900, false).open(server.address());
            page.evaluate("document.querySelector('.dr-fold').open = true;"
                    + "document.querySelector('#drbd-step-1 summary').focus();"
                    + "window.kept = [document.activeElement, document.querySelector('progress'),"
                    + " document.querySelector('.dr-filled')];");
            assertThat(page.evaluate("Number(document.querySelector('progress').value)"))
                    .isEqualTo(10);
            long width = width(page);

            synchronising(first, 60);
            page.await("document.querySelector('progress').value === 60");
            assertThat(page.evaluate("document.querySelector('.dr-fold').open")).isEqualTo(true);
            assertThat(page.evaluate("kept[0] === document.activeElement && kept.every((e) => e.isConnected)"))
                    .as("the same elements, and the focus where it was")
                    .isEqualTo(true);
            assertThat(width(page)).isGreaterThan(5 * width);

            ReportedStep secondStep = begin(step("drbdPromote"));
            page.await("document.querySelector('#drbd-step-2')");
            firstStep.ended(result("drbdWaitSync"));
            page.await("document.querySelector('#drbd-step-1').className.includes('dr-step-unchanged')");
            assertThat(page.evaluate("[...document.querySelectorAll('.dr-step')].map((step) => step.id).join()"))
                    .isEqualTo("drbd-step-1,drbd-step-2");
            assertThat(page.complaints())
                    .as("under a policy without inline scripts")
                    .isEmpty();

            server.setDown(true);
            page.await(
                    "document.querySelector('[role=status]').textContent.includes('Jenkins has not answered since')");
            server.setDown(false);
            page.await("document.querySelector('[role=status]').textContent === ''");

            secondStep.aborted("Aborted by alice");
            build.build().finish();
            page.await("document.querySelector('[role=status]').textContent === 'The build has ended.'");
            assertThat((String) page.evaluate("document.querySelector('.drbd-report').textContent"))
                    .doesNotContain("yet");
            assertThat((String) page.evaluate("document.querySelector('#drbd-step-2').textContent"))
                    .contains("Aborted by alice");
            int asked = server.asked();
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'));"
                    + " fetch('theme.css').then((answer) => answer.text())");
            assertThat(server.asked()).isEqualTo(asked);
        }
    }

    private static long width(BrowserPage page) {
        return ((Number) page.evaluate("Number(document.querySelector('.dr-filled').getAttribute('width'))"))
                .longValue();
    }

    private static Map<String, Object> result(String name) {
        return new LinkedHashMap<>(Map.of(
                "step",
                name,
                "changed",
                false,
                "dryRun",
                false,
                "durationMillis",
                10,
                "nodes",
                Map.of("sv1", Map.of())));
    }

    @Test
    void pageOfAFinishedBuildSendsNoRequests() throws Exception {
        begin(step("drbdWaitSync")).ended(result("drbdWaitSync"));
        build.build().finish();
        try (ReportServer server = new ReportServer(build.report(), DARK)) {
            BrowserPage page = BROWSER.page(1200, 900, true).open(server.address());
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'));"
                    + " fetch('theme.css').then((answer) => answer.text())");
            assertThat(server.asked()).isZero();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void pageHasNoGapBelowItsHeading() throws Exception {
        begin(step("drbdWaitSync")).ended(result("drbdWaitSync"));
        for (boolean building : List.of(true, false)) {
            if (!building) {
                build.build().finish();
            }
            try (ReportServer server = new ReportServer(build.report(), LIGHT + " h1 { margin: 0; }")) {
                BrowserPage page = BROWSER.page(1200, 900, false).open(server.address());
                assertThat(page.evaluate("document.querySelector('.dr-tiles').getBoundingClientRect().top"
                                + " - document.querySelector('h1').getBoundingClientRect().bottom"))
                        .as("pixels between heading and summary")
                        .isEqualTo(0);
                assertThat(page.evaluate("document.querySelectorAll('[role=status]').length"))
                        .isEqualTo(building ? 1 : 0);
            }
        }
    }

    @Test
    void policyForbidsScriptsAndStylesInThePage() throws Exception {
        begin(step("drbdWaitSync"));
        try (ReportServer server = new ReportServer(build.report(), LIGHT)) {
            BrowserPage page = BROWSER.page(1200, 900, false).open(server.address());
            page.evaluate("document.body.setAttribute('style', 'color: red')");
            page.evaluate("document.body.append(Object.assign(document.createElement('script'),"
                    + " {textContent: 'window.ran = true'}))");
            assertThat(page.evaluate("window.ran")).isNull();
            assertThat(page.complaints())
                    .hasSize(2)
                    .allMatch(complaint -> complaint.contains("Content Security Policy"));
        }
    }

    @Test
    void copiesACommandWithTheKeyboardAndShowsTheAge() throws Exception {
        Map<String, Object> command = Map.of("command", "drbdadm primary r0", "exitCode", 0, "stdout", "said\n");
        Map<String, Object> result = result("drbdPromote");
        result.put("started", "2020-01-01T00:00:00Z");
        result.put("nodes", Map.of("sv1", Map.of("commands", List.of(command))));
        begin(step("drbdPromote")).ended(result);
        build.build().finish();
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1280, 600)) {
                try (ReportServer server = new ReportServer(build.report(), dark ? DARK : LIGHT)) {
                    BrowserPage page = BROWSER.page(width, 900, dark).open(server.address());
                    page.await("document.querySelector('.dr-age').dataset.ago");
                    assertThat((String) page.evaluate("document.querySelector('.dr-age').dataset.ago"))
                            .endsWith(" days ago");
                    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; });"
                            + " window.copied = [];"
                            + " navigator.clipboard.writeText = async (text) => { copied.push(text); };"
                            + " document.querySelector('.dr-copy').focus();");
                    page.press("Enter");
                    page.await("copied.length === 1");
                    page.evaluate("document.querySelectorAll('.dr-copy')[1].click();");
                    page.await("copied.length === 2");
                    assertThat(page.evaluate("copied.join('|')")).isEqualTo("drbdadm primary r0|said\n");
                    assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                            .as("no scrolling to the side at " + width)
                            .isEqualTo(true);
                    assertThat(page.complaints()).isEmpty();
                }
            }
        }
    }

    @Test
    void hostileProgressTextIsEscaped() throws Exception {
        String hostile = "</pre></summary><script>document.title='x'</script><img src=x onerror=\"document.title='y'\">"
                + "\u0000\u001b[31m\u202e";
        RunningStep live = new RunningStep(hostile, Map.of("resource", hostile), false, List.of(hostile), text -> text);
        ReportedStep reported = begin(live);
        try (ReportServer server = new ReportServer(build.report(), LIGHT)) {
            BrowserPage page = BROWSER.page(1200, 900, false).open(server.address());
            Map<String, Object> facts = facts(hostile, hostile, hostile, 10.0);
            facts.put(StepResult.DOING, hostile);
            facts.put(hostile, hostile);
            live.node(hostile, facts);
            page.await("document.querySelector('progress')");
            assertThat(page.evaluate("document.title")).isEqualTo("web #1");
            assertThat(page.evaluate("document.querySelectorAll('#drbd-live script, #drbd-live img').length"))
                    .isEqualTo(0);
            assertThat((String) page.evaluate("document.querySelector('.dr-doing').textContent"))
                    .contains("<script>document.title='x'</script>", "‹NUL›‹ESC›[31m‹U+202E›");
            assertThat(page.complaints()).isEmpty();
        } finally {
            reported.failed("ended");
        }
    }

    @Test
    void pageIsReadableInTheThemesOfJenkins() throws Exception {
        for (JsonArray steps : List.of(sample("failed"), sample("dual-primary"), sample("three-nodes"))) {
            for (Object step : steps) {
                String id = UUID.randomUUID().toString();
                Map<String, Object> result = new LinkedHashMap<>((JsonObject) step);
                ReportAction.of(build.build()).file().begin(id, Map.of());
                build.report().file().end(id, result);
            }
        }
        RunningStep live = step("drbdWaitSync");
        ReportedStep reported = begin(live);
        synchronising(live, 60);
        for (String theme : List.of(LIGHT, DARK)) {
            try (ReportServer server = new ReportServer(build.report(), theme)) {
                BrowserPage page = BROWSER.page(1280, 900, theme.equals(DARK)).open(server.address());
                JsonObject found = (JsonObject) page.evaluate(check());
                assertThat(found.getArray("faint")).as(theme).isEmpty();
                assertThat(found.getInt("tooWide")).isZero();
                assertThat(page.complaints()).isEmpty();
            }
        }
        reported.failed("ended");
    }

    private static JsonArray sample(String name) throws Exception {
        try (InputStream in = ReportHtml.class.getResourceAsStream(name + ".json")) {
            return JsonParser.array().from(in);
        }
    }

    static String check() throws IOException {
        try (InputStream in = ReportHtml.class.getResourceAsStream("report-check.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
