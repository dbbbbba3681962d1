package io.jenkins.plugins.drbdocfs2.runner;

import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalJob;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jenkins.model.CauseOfInterruption;

/** A build of a Jenkinsfile in a test. */
final class Build {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final LocalRun run;
    private final PipelineRunner runner;
    private final TemporaryFolder folder;
    private Result result;

    private Build(Map<String, String> parameters) {
        try {
            folder = new TemporaryFolder("test-build");
            run = new LocalRun(new LocalJob("job", folder.file()), new BuildParameters(parameters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        runner = new PipelineRunner(run, new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    /** Runs a Jenkinsfile and waits for its end. */
    static Build of(String jenkinsfile) {
        return of(jenkinsfile, Map.of());
    }

    /** Runs a Jenkinsfile with parameters and waits for its end. */
    static Build of(String jenkinsfile, Map<String, String> parameters) {
        Build build = new Build(parameters);
        build.runToEnd(jenkinsfile);
        return build;
    }

    /** Runs a Jenkinsfile and aborts it after an event. */
    static Build abortedOnce(CompletableFuture<?> happened, String jenkinsfile) {
        Build build = new Build(Map.of());
        happened.thenRun(() -> build.runner.abort(new CauseOfInterruption.UserInterruption("alice")));
        build.runToEnd(jenkinsfile);
        return build;
    }

    private void runToEnd(String jenkinsfile) {
        result = runner.run(jenkinsfile);
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result result() {
        return result;
    }

    LocalRun run() {
        return run;
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The log without the lines about steps. */
    String output() {
        return String.join(
                "\n",
                log().lines()
                        .filter(line -> !line.startsWith("[Pipeline]") && !line.startsWith("Finished: "))
                        .toList());
    }
}
