package io.jenkins.plugins.drbdocfs2.runner;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.report.ReportHtml;
import io.jenkins.plugins.drbdocfs2.result.Json;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the results of the build. */
final class Outputs {
    private Outputs() {}

    static void write(LocalRun run, @CheckForNull Path result, @CheckForNull Path report) throws IOException {
        List<Map<String, Object>> results = results(run);
        if (result != null) {
            write(result, json(results));
        }
        if (report != null) {
            write(report, html(run, results));
        }
    }

    private static List<Map<String, Object>> results(LocalRun run) throws IOException {
        ReportAction action = run.getAction(ReportAction.class);
        return action == null ? List.of() : action.getSteps();
    }

    private static String json(List<Map<String, Object>> results) {
        return Json.write(results) + "\n";
    }

    private static String html(LocalRun run, List<Map<String, Object>> results) {
        return ReportHtml.render(run.getFullDisplayName(), results, Result.UNSTABLE.equals(run.getResult()));
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
