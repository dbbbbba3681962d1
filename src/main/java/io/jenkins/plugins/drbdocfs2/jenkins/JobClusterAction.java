package io.jenkins.plugins.drbdocfs2.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.drbdocfs2.report.trend.Trend;
import io.jenkins.plugins.drbdocfs2.report.trend.TrendBuild;
import io.jenkins.plugins.drbdocfs2.report.trend.TrendHtml;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The page of a job: its clusters as last seen, and their trend over the newest builds. It stores nothing, so a deleted build
 * is not on it any more.
 *
 * <p>Users who may see the job may see it, as they may see the reports of its builds.
 */
@ExportedBean
public final class JobClusterAction implements Action {
    /** The number of builds that are looked at. */
    static final int MOST_BUILDS = 50;

    /** The number of bytes read of each report: its end. */
    static final long MOST_OF_ONE = 4L * 1024 * 1024;

    /** The number of bytes read of all reports. */
    static final long MOST_OF_ALL = 64L * 1024 * 1024;

    private final Job<?, ?> job;
    private Trend trend;

    JobClusterAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The job. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** The page as HTML. */
    public String getBody() {
        return TrendHtml.renderBody(trend());
    }

    /** The clusters as last seen, each with its nodes and the builds that have seen it. */
    @Exported
    public List<Map<String, Object>> getClusters() {
        return trend().clusterData();
    }

    /** The builds that have a report, the newest first, each with the health of the clusters after it. */
    @Exported
    public List<Map<String, Object>> getBuilds() {
        return trend().buildData();
    }

    /** The same data for programs. */
    public Api getApi() {
        return new Api(this);
    }

    // a request has an action of its own
    private synchronized Trend trend() {
        if (trend == null) {
            trend = read();
        }
        return trend;
    }

    private Trend read() {
        List<TrendBuild> builds = new ArrayList<>();
        long left = MOST_OF_ALL;
        int count = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && count < MOST_BUILDS; run = run.getPreviousBuild()) {
            count++;
            ReportAction report = run.getAction(ReportAction.class);
            if (report != null) {
                left -= read(run, report, left, builds);
            }
        }
        return new Trend(
                builds,
                "This page shows the newest " + MOST_BUILDS
                        + " builds, as far as they have a report, and reads the last " + Amounts.bytes(MOST_OF_ONE)
                        + " of each report, " + Amounts.bytes(MOST_OF_ALL) + " in all.");
    }

    /** Adds a build, and returns the number of bytes read. */
    private static long read(Run<?, ?> run, ReportAction report, long left, List<TrendBuild> builds) {
        try {
            long size = Math.min(MOST_OF_ONE, report.file().size());
            if (size <= left) {
                builds.add(build(run, "").read(report.digest(MOST_OF_ONE)));
                return size;
            }
            builds.add(build(run, "not read, because the reports of newer builds are long"));
        } catch (NoSuchFileException e) {
            if (run.getRootDir().exists()) { // else it was deleted meanwhile
                builds.add(build(run, "its report is missing"));
            }
        } catch (IOException e) {
            builds.add(
                    build(run, "its report could not be read (" + e.getClass().getSimpleName() + ")"));
        }
        return 0;
    }

    private static TrendBuild build(Run<?, ?> run, String why) {
        Result result = run.isBuilding() ? null : run.getResult();
        return TrendBuild.unread(
                run.getNumber(),
                run.getDisplayName(),
                Instant.ofEpochMilli(run.getStartTimeInMillis()),
                result == null ? "" : result.toString(),
                result == null || result.isWorseThan(Result.UNSTABLE),
                why);
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return "DRBD and OCFS2";
    }

    @Override
    public String getUrlName() {
        return ReportAction.URL;
    }

    /** Gives the page to a job if one of its newest builds has a report. It looks for files and loads no build. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        private static final int NEWEST = 20;

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobClusterAction.class;
        }

        @Override
        public @NonNull Collection<? extends Action> createFor(@NonNull Job job) {
            File builds = job.getBuildDir();
            int next = job.getNextBuildNumber();
            for (int number = next - 1; number > 0 && number >= next - NEWEST; number--) {
                if (new File(builds, number + File.separator + ReportAction.FILE).exists()) {
                    return List.of(new JobClusterAction(job));
                }
            }
            return List.of();
        }
    }
}
