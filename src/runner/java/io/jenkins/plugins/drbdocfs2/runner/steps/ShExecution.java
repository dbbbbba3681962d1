package io.jenkins.plugins.drbdocfs2.runner.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.jenkins.Background;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A running shell script. */
final class ShExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final long GRACE_MILLIS = 5_000;

    private final String script;
    private final boolean returnStdout;
    private final boolean returnStatus;
    private transient Process process;
    private transient volatile Throwable stopped;

    ShExecution(StepContext context, String script, boolean returnStdout, boolean returnStatus) {
        super(context);
        this.script = script;
        this.returnStdout = returnStdout;
        this.returnStatus = returnStatus;
    }

    @Override
    public boolean start() throws Exception {
        File folder = new File(getContext().get(FilePath.class).getRemote());
        Files.createDirectories(folder.toPath());
        Path file = Files.createTempFile("script", ".sh");
        Files.writeString(file, script);
        ProcessBuilder builder =
                new ProcessBuilder(command(file)).directory(folder).redirectErrorStream(!returnStdout);
        builder.environment().clear();
        builder.environment().putAll(getContext().get(EnvVars.class));
        process = builder.start();
        process.getOutputStream().close();
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        Thread thread = new Thread(() -> await(file, log), "sh");
        thread.setDaemon(true);
        thread.start();
        return false;
    }

    private List<String> command(Path file) {
        if (script.startsWith("#!")) {
            String interpreter =
                    script.lines().findFirst().orElse("").substring(2).trim();
            return List.of("/bin/sh", "-c", interpreter + " \"$0\"", file.toString());
        }
        return List.of("/bin/sh", "-xe", file.toString());
    }

    private void await(Path file, PrintStream log) {
        try {
            CompletableFuture<Void> errors = returnStdout
                    ? CompletableFuture.runAsync(() -> copy(process.getErrorStream(), log), Background::submit)
                    : CompletableFuture.completedFuture(null);
            String stdout = "";
            if (returnStdout) {
                stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } else {
                copy(process.getInputStream(), log);
            }
            errors.join();
            report(process.waitFor(), stdout);
        } catch (IOException | InterruptedException | UncheckedIOException e) {
            getContext().onFailure(stopped == null ? e : stopped);
        } finally {
            delete(file);
        }
    }

    private void report(int status, String stdout) {
        if (stopped != null) {
            getContext().onFailure(stopped);
        } else if (returnStatus) {
            getContext().onSuccess(status);
        } else if (status != 0) {
            getContext().onFailure(new AbortException("script returned exit code " + status));
        } else {
            getContext().onSuccess(returnStdout ? stdout : null);
        }
    }

    private static void copy(InputStream in, OutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        stopped = cause;
        getContext().get(TaskListener.class).getLogger().println("Sending interrupt signal to process");
        List<ProcessHandle> all = java.util.stream.Stream.concat(
                        process.descendants(), java.util.stream.Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        Timers.after(GRACE_MILLIS, () -> all.forEach(ProcessHandle::destroyForcibly));
    }
}
