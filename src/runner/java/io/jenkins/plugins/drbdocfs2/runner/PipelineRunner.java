package io.jenkins.plugins.drbdocfs2.runner;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildLog;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import io.jenkins.plugins.drbdocfs2.runner.engine.Program;
import io.jenkins.plugins.drbdocfs2.runner.engine.ScriptCompiler;
import io.jenkins.plugins.drbdocfs2.runner.engine.ScriptErrors;
import io.jenkins.plugins.drbdocfs2.runner.steps.BuiltIns;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import jenkins.model.CauseOfInterruption;
import org.codehaus.groovy.control.CompilationFailedException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Runs a Jenkinsfile once, like a build in Jenkins. */
public final class PipelineRunner {
    private final LocalRun run;
    private final BuildLog log;
    private final CompletableFuture<Program> started = new CompletableFuture<>();

    /**
     * A runner for a build.
     *
     * @param out receives the log
     */
    public PipelineRunner(LocalRun run, PrintStream out) {
        this.run = run;
        this.log = new BuildLog(out);
    }

    /** Runs a Jenkinsfile to its end and returns its result. */
    public Result run(String jenkinsfile) {
        BuiltIns.register();
        try (Program program = new Program(run, log)) {
            log.line("[Pipeline] Start of Pipeline");
            Throwable failure = failure(jenkinsfile, program);
            log.line("[Pipeline] End of Pipeline");
            if (failure != null) {
                run.setResult(failure instanceof FlowInterruptedException cause ? cause.getResult() : Result.FAILURE);
                TaskListener listener = log.listener("");
                ScriptErrors.log(failure, run, listener);
            }
            Result result = run.finish();
            log.close();
            log.line("Finished: " + result);
            return result;
        }
    }

    private Throwable failure(String jenkinsfile, Program program) {
        try {
            CompletableFuture<Outcome> end = program.start(ScriptCompiler.compile(jenkinsfile, program));
            started.complete(program);
            return end.join().getAbnormal();
        } catch (CompilationFailedException e) {
            return e;
        }
    }

    /** Requests all running steps to stop; {@link #run} returns when they have. */
    public void abort(CauseOfInterruption cause) {
        started.thenAccept(program -> {
            run.setResult(Result.ABORTED);
            program.interrupt(new FlowInterruptedException(Result.ABORTED, true, cause));
        });
    }
}
