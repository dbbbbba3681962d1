package io.jenkins.plugins.drbdocfs2.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import io.jenkins.plugins.drbdocfs2.browser.Browser;
import io.jenkins.plugins.drbdocfs2.browser.BrowserPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReportHtmlBrowserTest {
    private static final String FOCUS = "document.activeElement.closest('li.dr-step')?.id ?? ''";

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final Browser BROWSER = new Browser();

    private static BrowserPage open(String title, List<Map<String, Object>> results, int width, boolean dark)
            throws IOException {
        Path file = Files.writeString(directory.resolve("page.html"), ReportHtml.render(title, results));
        return BROWSER.page(width, 900, dark).open(file.toUri().toString());
    }

    /** Uses a page as a reader would, and returns the measurements. */
    private static JsonObject use(BrowserPage page) throws IOException {
        try (InputStream script = ReportHtmlBrowserTest.class.getResourceAsStream("report-check.js")) {
            return (JsonObject) page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void pageFoldsFiltersAndIsReadable() throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            BrowserPage page = open("web", SampleResults.failed(), 1280, dark);
            JsonObject found = use(page);
            assertThat(found.getBoolean("dark")).isEqualTo(dark);
            assertThat(found.getInt("picture")).isEqualTo(1);
            assertThat(found.getInt("outputsBefore"))
                    .as("of the command that failed")
                    .isEqualTo(1);
            assertThat(found.getInt("folded")).isZero();
            assertThat(found.getInt("outputsAfter"))
                    .isEqualTo(found.getInt("outputs"))
                    .isGreaterThan(5);
            assertThat(found.getInt("steps")).isEqualTo(6);
            assertThat(found.getInt("stepsFiltered")).isEqualTo(5);
            assertThat(found.getArray("faint")).isEmpty();
            assertThat(found.getInt("tooWide")).isZero();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void runningAbortedAndCutOffStepsAreReadable() throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            JsonObject found = use(open("web", SampleResults.cutShort(), 1280, dark));
            assertThat(found.getInt("picture")).isEqualTo(1);
            assertThat(found.getArray("faint")).isEmpty();
            assertThat(found.getInt("tooWide")).isZero();
        }
    }

    @Test
    void refusalsAreReadableInAnyWindow() throws Exception {
        for (int width : new int[] {1280, 400}) {
            for (boolean dark : new boolean[] {false, true}) {
                JsonObject found = use(open("web", SampleResults.refused(), width, dark));
                assertThat(found.getArray("faint")).isEmpty();
                assertThat(found.getInt("tooWide")).isZero();
            }
        }
    }

    @Test
    void pageWorksWithoutAMouse() throws Exception {
        BrowserPage page = open("web", SampleResults.dualPrimary(), 1280, false);
        assertThat(page.evaluate("document.querySelectorAll('.dr-step > details[open]').length"))
                .isEqualTo(0);
        for (int i = 0; i < 20 && !page.evaluate(FOCUS).equals("drbd-step-2"); i++) {
            page.press("Tab");
        }
        assertThat(page.evaluate(FOCUS)).isEqualTo("drbd-step-2");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle + ' '"
                        + " + getComputedStyle(document.activeElement).outlineWidth"))
                .isEqualTo("solid 2px");
        page.press("Enter");
        assertThat(page.evaluate("document.querySelector('#drbd-step-2 > details').open"))
                .isEqualTo(true);
        page.press("Tab");
        assertThat(page.evaluate("document.activeElement.closest('#drbd-step-2 .dr-command') !== null"))
                .as("the first of its commands")
                .isEqualTo(true);
        page.press(" ");
        assertThat(page.evaluate("document.activeElement.parentElement.open")).isEqualTo(true);
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void fitsANarrowWindowWithAnyText() throws Exception {
        List<Map<String, Object>> results = new ArrayList<>(HostileResultsTest.results());
        results.addAll(SampleResults.dualPrimary());
        results.add(SampleResults.step(
                "x".repeat(3000),
                SampleResults.map("resource", "y".repeat(3000)),
                1,
                "z".repeat(300),
                SampleResults.node(true, SampleResults.map("k".repeat(300), "v".repeat(300)))));
        JsonObject found = use(open("narrow", results, 500, true));
        assertThat(found.getString("title")).isEqualTo("narrow");
        assertThat(found.getInt("tooWide")).isZero();
        assertThat(found.getArray("faint")).isEmpty();
    }

    @Test
    void twentyNodesWithLongNamesAreReadable() throws Exception {
        for (int width : new int[] {1280, 1000, 500}) {
            BrowserPage page = open("many", SampleResults.manyNodes(20), width, false);
            assertThat(page.evaluate("[...document.querySelectorAll('svg.dr-picture text')]"
                            + ".every((text) => text.getBoundingClientRect().height > 10)"))
                    .as("words in the picture at %d", width)
                    .isEqualTo(true);
            assertThat(page.evaluate("document.querySelector('.dr-subject').getBoundingClientRect().height < 100"))
                    .as("the subject beside the nodes at %d", width)
                    .isEqualTo(true);
            assertThat(page.evaluate("document.querySelector('.dr-step h3').getBoundingClientRect().height < 30"))
                    .as("the step's name at %d", width)
                    .isEqualTo(true);
            assertThat((String) page.evaluate("document.querySelector('.dr-on').textContent"))
                    .as("the failed node before the others")
                    .startsWith("storage-node-13.dc1.example.org");
            assertThat(use(page).getInt("tooWide")).isZero();
        }
    }

    @Test
    void escapesHostileTextAndKeepsTheContentSecurityPolicy() throws Exception {
        BrowserPage page = open("safe", HostileResultsTest.results(), 1000, false);
        assertThat(page.evaluate("document.title")).isEqualTo("safe");
        assertThat(page.evaluate("document.querySelectorAll('script, img, iframe, [onerror], [style]').length"))
                .isEqualTo(0);
        assertThat(page.evaluate("document.querySelectorAll('svg.dr-picture').length"))
                .isEqualTo(1);
        assertThat((String) page.evaluate("document.body.textContent"))
                .contains("<script>document.title", "‹NUL›", "‹ESC›[31m", "‹U+202E›");
        assertThat(page.complaints()).isEmpty();
    }
}
