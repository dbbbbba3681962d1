package io.jenkins.plugins.drbdocfs2.runner;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;

/** Aborts the build on Ctrl-C and SIGTERM as in Jenkins, and waits a limited time for its end. */
final class AbortOnSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int EXIT_CODE = 1;

    private final CompletableFuture<PipelineRunner> runner = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final PrintStream out;
    private final Thread hook = new Thread(this::stop, "abort");

    private AbortOnSignal(PrintStream out) {
        this.out = out;
    }

    static AbortOnSignal install(PrintStream out) {
        AbortOnSignal signal = new AbortOnSignal(out);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Sets the build to abort. */
    void abort(PipelineRunner build) {
        runner.complete(build);
    }

    private void stop() {
        String user = System.getProperty("user.name");
        runner.thenAccept(build -> build.abort(new CauseOfInterruption.UserInterruption(user)));
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                out.println("Not all steps stopped within " + PATIENCE_SECONDS + " seconds.");
                out.println("Finished: ABORTED");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is exiting: the hook runs and ends it
        }
    }
}
