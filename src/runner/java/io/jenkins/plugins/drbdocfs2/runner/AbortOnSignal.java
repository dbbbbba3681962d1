package io.jenkins.plugins.drbdocfs2.runner;

import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;

/** Makes Ctrl-C and SIGTERM abort the build as in Jenkins, and waits for its end, but not for ever. */
final class AbortOnSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int EXIT_CODE = 1;

    private final CountDownLatch finished = new CountDownLatch(1);
    private Thread hook;

    private AbortOnSignal() {}

    static AbortOnSignal install(PipelineRunner runner, LocalRun run, PrintStream out) {
        AbortOnSignal signal = new AbortOnSignal();
        signal.hook = new Thread(() -> signal.abort(runner, run, out), "abort");
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void abort(PipelineRunner runner, LocalRun run, PrintStream out) {
        runner.abort(new CauseOfInterruption.UserInterruption(System.getProperty("user.name")));
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                out.println("The steps of " + run + " did not stop within " + PATIENCE_SECONDS + " seconds.");
                out.println("Finished: ABORTED");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /** The build is over. */
    void finished() {
        finished.countDown();
    }

    @Override
    public void close() {
        finished();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs, and ends it
        }
    }
}
