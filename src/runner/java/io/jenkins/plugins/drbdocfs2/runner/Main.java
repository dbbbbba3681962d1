package io.jenkins.plugins.drbdocfs2.runner;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalJob;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import io.jenkins.plugins.drbdocfs2.runner.credentials.CredentialsFile;
import io.jenkins.plugins.drbdocfs2.runner.credentials.FileCredentials;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs a Jenkinsfile without Jenkins; see {@link CommandLine#USAGE}. */
public final class Main {
    private static final String KNOWN_HOSTS_PROPERTY = "io.jenkins.plugins.drbdocfs2.knownHosts";
    private static final String DRY_RUN_VARIABLE = "DRBD_OCFS2_DRY_RUN";
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    /** A runner that prints to these streams. */
    public Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs and exits with the exit code. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Main(out, err).run(List.of(arguments)));
    }

    /** Runs and returns the exit code. */
    public int run(List<String> arguments) {
        if (CommandLine.asksForHelp(arguments)) {
            out.println(CommandLine.USAGE);
            return SUCCESS;
        }
        try {
            CommandLine commandLine = CommandLine.parse(arguments);
            FileCredentials credentials = new FileCredentials(CredentialsFile.read(commandLine.credentials()));
            ExtensionList<CredentialsProvider> providers = ExtensionList.lookup(CredentialsProvider.class);
            providers.add(credentials);
            try {
                ClustersFile.configure(commandLine.clusters());
                return run(commandLine);
            } finally {
                providers.remove(credentials);
            }
        } catch (UsageException e) {
            err.println("drbd-ocfs2-steps-runner: " + e.getMessage());
            err.println("Try --help.");
            return USAGE;
        } catch (IOException e) {
            err.println("drbd-ocfs2-steps-runner: " + e);
            return FAILURE;
        }
    }

    private int run(CommandLine commandLine) throws IOException {
        Path knownHosts = commandLine.knownHosts();
        if (knownHosts != null) {
            System.setProperty(KNOWN_HOSTS_PROPERTY, knownHosts.toAbsolutePath().toString());
        }
        try (AbortOnSignal signal = AbortOnSignal.install(out);
                TemporaryFolder folder = new TemporaryFolder("drbd-ocfs2-steps-runner")) {
            LocalJob job = new LocalJob(jobName(commandLine.jenkinsfile()), folder.file());
            LocalRun run = new LocalRun(job, new BuildParameters(commandLine.parameters()));
            if (commandLine.dryRun()) {
                run.setVariable(DRY_RUN_VARIABLE, "true");
            }
            PipelineRunner runner = new PipelineRunner(run, out);
            signal.abort(runner);
            Result result = runner.run(Files.readString(commandLine.jenkinsfile()));
            Outputs.write(run, commandLine.result(), commandLine.report());
            return result.isBetterOrEqualTo(Result.UNSTABLE) ? SUCCESS : FAILURE;
        }
    }

    /** The name of the Jenkinsfile's folder. */
    private static String jobName(Path jenkinsfile) {
        return Optional.ofNullable(jenkinsfile.toAbsolutePath().getParent())
                .map(Path::getFileName)
                .map(Path::toString)
                .orElse("Jenkinsfile");
    }
}
