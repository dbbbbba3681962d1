package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import io.jenkins.plugins.drbdocfs2.result.ReportFile;
import io.jenkins.plugins.drbdocfs2.result.ReportResults;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of two hundred steps with large output. */
class LargeReportTest {
    private static final int STEPS = 200;
    private static final int MEBI = 1024 * 1024;

    @TempDir
    private Path directory;

    private static Map<String, Object> result(int number, int bytes) {
        String line = "step " + number + " <&> line of output\n";
        String output = line.repeat(bytes / line.length()) + "the end of " + number;
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", "make noise " + number);
        command.put("exitCode", number % 50 == 0 ? 1 : 0);
        command.put("stdout", output);
        command.put("stderr", "");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("step", "clusterExec");
        result.put("script", "make noise " + number);
        result.put("changed", true);
        result.put("dryRun", false);
        result.put("nodes", Map.of("sv1", Map.of("changed", true, "commands", List.of(command))));
        return result;
    }

    @Test
    void pageOfTenMegabytesOfOutputIsBelowOneMegabyteAndLinksToTheRest() throws Exception {
        TestBuild build = new TestBuild(Files.createDirectory(directory.resolve("job")));
        for (int i = 1; i <= STEPS; i++) {
            ReportedStep.begin(
                            build.build(),
                            TaskListener.NULL,
                            new RunningStep("clusterExec", Map.of(), false, List.of("sv1"), text -> text))
                    .ended(result(i, 10 * MEBI / STEPS));
        }
        ReportAction report = build.report();
        Path file = build.build().getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl");
        assertThat(Files.size(file)).isGreaterThan(10 * MEBI);
        String page = report.getBody();
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isBetween(500_000, 1_000_000);
        assertThat(page)
                .contains("id=\"drbd-step-1\"", "id=\"drbd-step-200\"", "the end of 7<", "the end of 200<")
                .containsPattern("… \\d+ lines, \\d+ characters left out …")
                .contains("href=\"output?step=7&amp;node=sv1&amp;command=1&amp;stream=stdout\"")
                .contains("all of it, 51.2 KiB");

        TestResponse whole = new TestResponse();
        report.doOutput(whole.asResponse(), "7", "sv1", "1", "stdout");
        assertThat(whole.text())
                .startsWith("step 7 <&> line of output\nstep 7 ")
                .endsWith("\nthe end of 7")
                .hasSizeGreaterThan(50_000);
        assertThat(whole.headers()).containsEntry("X-Content-Type-Options", "nosniff");
    }

    @Test
    void pageIsRenderedInLittleMemory() throws Exception {
        Path path = directory.resolve("steps.jsonl");
        ReportFile file = new ReportFile(path);
        for (int i = 1; i <= STEPS; i++) {
            String id = UUID.randomUUID().toString();
            file.begin(id, Map.of());
            file.end(id, result(i, MEBI));
        }
        Path page = directory.resolve("page.html");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Render.class.getName(),
                        path.toString(),
                        page.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.size(path)).isGreaterThan(4L * 48 * MEBI);
        assertThat(page).content().contains("200 steps", "the end of 200<");
        assertThat(Files.size(page)).isLessThan(1_000_000);
    }

    /** Renders the page of a report file in a separate process. */
    static final class Render {
        private Render() {}

        /** @param arguments the report file, and the file for the page */
        public static void main(String[] arguments) throws IOException {
            ReportFile file = new ReportFile(Path.of(arguments[0]));
            String html = ReportHtml.render("big", new ReportResults(file, file.entries(), id -> null));
            Files.writeString(Path.of(arguments[1]), html);
        }
    }
}
