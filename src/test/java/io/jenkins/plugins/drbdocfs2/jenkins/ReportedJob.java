package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import jenkins.model.Jenkins;

/** A job that keeps its builds, with reports. It counts how often a build is asked for. */
final class ReportedJob extends Job<ReportedJob, ReportedJob.Build> {
    private final transient File directory;
    private final transient SortedMap<Integer, Build> builds = new TreeMap<>(Collections.reverseOrder());
    private transient int asked;

    /** @param directory its directory */
    ReportedJob(Path directory) {
        super(Jenkins.get(), "web");
        this.directory = directory.toFile();
    }

    /** Adds a build whose steps had these results. */
    Build add(Result result, List<Map<String, Object>> steps) throws IOException {
        Build build = add(result);
        ReportAction report = ReportAction.of(build);
        for (Map<String, Object> step : steps) {
            String id = UUID.randomUUID().toString();
            report.file().begin(id, Map.of("step", String.valueOf(step.get("step"))));
            report.file().end(id, new LinkedHashMap<>(step));
        }
        return build;
    }

    /** Adds a build without a report. */
    Build add(Result result) throws IOException {
        Build build = new Build(this);
        Files.createDirectories(build.getRootDir().toPath());
        if (result != null) {
            build.setResult(result);
        }
        builds.put(build.getNumber(), build);
        return build;
    }

    /** The page of the job, as for a new request. */
    JobClusterAction page() {
        return new JobClusterAction(this);
    }

    /** How often its builds were asked for. */
    int asked() {
        return asked;
    }

    @Override
    public File getRootDir() {
        return directory;
    }

    @Override
    public boolean isBuildable() {
        return true;
    }

    @Override
    protected SortedMap<Integer, Build> _getRuns() {
        asked++;
        return builds;
    }

    @Override
    protected void removeRun(Build run) {
        builds.remove(run.getNumber());
    }

    /** Deletes a build with its files. */
    void delete(Build build) throws IOException {
        try (var files = Files.walk(build.getRootDir().toPath())) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        removeRun(build);
    }

    /** A build. */
    static final class Build extends Run<ReportedJob, Build> {
        private Build(ReportedJob job) throws IOException {
            super(job);
        }

        @Override
        public boolean isBuilding() {
            return getResult() == null;
        }
    }
}
