package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.result.ProgressReader;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A step in the report of its build, from start to end. If the report cannot be written, the step continues and the build
 * log says so.
 */
final class ReportedStep {
    private static final Map<String, ReportedStep> RUNNING = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final RunningStep live;

    private ReportedStep(Run<?, ?> run, TaskListener listener, RunningStep live) {
        this.run = run;
        this.listener = listener;
        this.live = live;
    }

    /** Records the start of a step. */
    static ReportedStep begin(Run<?, ?> run, TaskListener listener, RunningStep live) {
        ReportedStep step = new ReportedStep(run, listener, live);
        RUNNING.put(step.id, step);
        step.write(report -> report.file().begin(step.id, live.begun()));
        return step;
    }

    /** The progress of a step that runs in this process, by its ID; null if there is none. */
    static Map<String, Object> running(String id) {
        ReportedStep step = RUNNING.get(id);
        return step == null ? null : step.live.running();
    }

    /** Whether a step with this ID runs in this process. */
    static boolean isRunning(String id) {
        return RUNNING.containsKey(id);
    }

    /** Receives the output of a {@link io.jenkins.plugins.drbdocfs2.result.ProgressWriter}. */
    OutputStream progress() {
        return new ProgressReader(live);
    }

    /** Records the end of the step. */
    void ended(Map<String, Object> result) {
        write(report -> report.file().end(id, result));
        RUNNING.remove(id);
    }

    /** Records that the step was aborted. */
    void aborted(String why) {
        ended(live.aborted(why));
    }

    /** Records that the step failed without a result. */
    void failed(String error) {
        ended(live.failed(error));
    }

    private void write(Writing writing) {
        try {
            writing.to(ReportAction.of(run));
        } catch (IOException e) {
            listener.error("The step could not be written to the report of the build: " + e);
        }
    }

    private interface Writing {
        void to(ReportAction report) throws IOException;
    }
}
