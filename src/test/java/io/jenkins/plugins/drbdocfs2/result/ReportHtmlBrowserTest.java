package io.jenkins.plugins.drbdocfs2.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportHtmlBrowserTest {
    @TempDir
    Path directory;

    private Chromium chromium;

    @BeforeEach
    void browser() {
        assumeTrue(Chromium.isThere(), "there is no /usr/bin/chromium");
        chromium = new Chromium(directory);
    }

    /** Loads a page with a script in it that uses it, and gives what that found. */
    private JsonObject use(String html, int width, boolean dark) throws Exception {
        try (InputStream script = getClass().getResourceAsStream("report-check.js")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            String scripted = html.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*/>", "")
                    .replace("</body>", "<script>" + text + "</script></body>");
            Matcher found = Pattern.compile("<p id=\"found\">(.*?)</p>", Pattern.DOTALL)
                    .matcher(chromium.load(scripted, width, dark));
            assertThat(found.find()).isTrue();
            return JsonParser.object()
                    .from(found.group(1)
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&"));
        }
    }

    @Test
    void foldsFiltersAndIsReadable() throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            JsonObject found = use(ReportHtml.render("web", SampleResults.failed()), 1280, dark);
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
            assertThat(found.getString("outline")).isEqualTo(".drbd-report :focus-visible 2px solid var(--dr-blue)");
            assertThat(found.getArray("faint")).isEmpty();
            assertThat(found.getInt("tooWide")).isZero();
        }
    }

    @Test
    void fitsANarrowWindowWhateverTheWords() throws Exception {
        List<Map<String, Object>> results = new ArrayList<>(ReportHostileTest.results());
        results.addAll(SampleResults.dualPrimary());
        results.add(SampleResults.step(
                "x".repeat(3000),
                SampleResults.map("resource", "y".repeat(3000)),
                1,
                "z".repeat(300),
                SampleResults.node(true, SampleResults.map("k".repeat(300), "v".repeat(300)))));
        JsonObject found = use(ReportHtml.render("narrow", results), 500, true);
        assertThat(found.getString("title")).isEqualTo("narrow");
        assertThat(found.getInt("tooWide")).isZero();
        assertThat(found.getArray("faint")).isEmpty();
    }

    @Test
    void hostileTextStaysTextAndNothingBreaksThePolicy() throws Exception {
        String dom = chromium.load(ReportHtml.render("safe", ReportHostileTest.results()), 1000, false);
        assertThat(dom).contains("<title>safe</title>", "<svg class=\"dr-picture\"", "Content-Security-Policy");
        assertThat(dom).doesNotContain("<script", "<img").contains("&lt;script&gt;document.title");
    }
}
