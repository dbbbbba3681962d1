package io.jenkins.plugins.drbdocfs2.jenkins;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import hudson.model.Run;
import io.jenkins.plugins.drbdocfs2.result.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.RunAction2;

/**
 * The results of all steps of a build, in the order in which they ended. They stand in a file beside the build's
 * {@code build.xml}, one line of JSON each, so that the build stays small to load.
 */
public final class ReportAction implements RunAction2 {
    static final String FILE = "drbd-ocfs2-steps.jsonl";

    private transient Run<?, ?> run;

    /**
     * Adds a result to a build's report, which is made where there is none yet.
     *
     * @throws IOException if it cannot be written
     */
    public static void record(Run<?, ?> run, Map<String, Object> result) throws IOException {
        ReportAction report;
        synchronized (ReportAction.class) {
            report = run.getAction(ReportAction.class);
            if (report == null) {
                report = new ReportAction();
                report.onAttached(run);
                run.addAction(report);
                run.save();
            }
        }
        report.add(result);
    }

    private synchronized void add(Map<String, Object> result) throws IOException {
        Files.writeString(
                file(),
                Json.line(result) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * The results of all steps, in the order in which they ended, those of failed steps included.
     *
     * @throws IOException if they cannot be read
     */
    @SuppressWarnings("unchecked") // each line was written from such a map
    public synchronized List<Map<String, Object>> getResults() throws IOException {
        List<Map<String, Object>> results = new ArrayList<>();
        if (Files.exists(file())) {
            for (String line : Files.readAllLines(file(), StandardCharsets.UTF_8)) {
                try {
                    results.add((Map<String, Object>) JsonParser.any().from(line));
                } catch (JsonParserException e) {
                    throw new IOException("Unreadable line in " + file(), e);
                }
            }
        }
        return results;
    }

    private Path file() {
        return run.getRootDir().toPath().resolve(FILE);
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return "DRBD and OCFS2";
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
