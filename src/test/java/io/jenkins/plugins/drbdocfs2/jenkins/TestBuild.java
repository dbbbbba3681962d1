package io.jenkins.plugins.drbdocfs2.jenkins;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.runner.PipelineRunner;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalJob;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import io.jenkins.plugins.drbdocfs2.runner.credentials.CredentialsFile;
import io.jenkins.plugins.drbdocfs2.runner.credentials.FileCredentials;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jenkins.model.CauseOfInterruption;

/** A build of a Jenkinsfile, whose directory is kept. */
final class TestBuild {
    private final LocalRun run;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PipelineRunner runner;

    /** @param directory the directory of the job */
    TestBuild(Path directory) throws IOException {
        this("web", directory);
    }

    /**
     * @param job the name of the job
     * @param directory its directory
     */
    TestBuild(String job, Path directory) throws IOException {
        run = new LocalRun(new LocalJob(job, directory.toFile()), new BuildParameters(Map.of()));
        runner = new PipelineRunner(run, new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    /** Provides the credentials of a file during a call. */
    static AutoCloseable credentials(Path file) throws Exception {
        FileCredentials credentials = new FileCredentials(CredentialsFile.read(file));
        ExtensionList<CredentialsProvider> providers = ExtensionList.lookup(CredentialsProvider.class);
        providers.add(credentials);
        return () -> providers.remove(credentials);
    }

    /** Runs a Jenkinsfile and waits for its end. */
    Result run(String jenkinsfile) {
        return runner.run(jenkinsfile);
    }

    /** Starts a Jenkinsfile and returns at once. */
    CompletableFuture<Result> start(String jenkinsfile) {
        return CompletableFuture.supplyAsync(() -> run(jenkinsfile), Threads.ONE_EACH);
    }

    /** Aborts the build as the user alice. */
    void abort() {
        runner.abort(new CauseOfInterruption.UserInterruption("alice"));
    }

    LocalRun build() {
        return run;
    }

    ReportAction report() {
        return run.getAction(ReportAction.class);
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
