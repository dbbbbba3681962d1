package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Script;
import hudson.model.TaskListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildLog;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A running script. All of its code runs on one thread, in pieces: from one asynchronous step to the next. Branches take
 * turns on it, while their steps run in parallel on other threads.
 */
public final class Program implements AutoCloseable {
    private final ExecutorService vm =
            Executors.newSingleThreadExecutor(new NamingThreadFactory(new DaemonThreadFactory(), "pipeline"));
    private final List<ScriptThread> threads = new ArrayList<>();
    private final CompletableFuture<Outcome> end = new CompletableFuture<>();
    private final Map<String, TaskListener> listeners = new ConcurrentHashMap<>();
    private final LocalRun run;
    private final BuildLog log;
    private ScriptThread current;
    private int nodes;

    /** The program of a build. */
    public Program(LocalRun run, BuildLog log) {
        this.run = run;
        this.log = log;
    }

    /** The build. */
    public LocalRun run() {
        return run;
    }

    /** The build's log. */
    public BuildLog log() {
        return log;
    }

    /** The listener for the steps of a branch. */
    TaskListener listener(String prefix) {
        return listeners.computeIfAbsent(prefix, log::listener);
    }

    /** Starts a script; the future completes at its end. */
    public CompletableFuture<Outcome> start(Script script) {
        submit(() -> {
            ScriptThread main = new ScriptThread(this, null, ContextValues.NONE);
            main.begin(new Continuable(script), null);
            main.whenDone(() -> end.complete(main.outcome()));
        });
        return end;
    }

    /** Requests everything that runs to stop. */
    public void interrupt(Throwable cause) {
        submit(() -> leaves(null).forEach(thread -> thread.stop(cause)));
    }

    /** Runs a task between two pieces of the script. */
    void submit(Runnable task) {
        try {
            vm.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    end.complete(new Outcome(null, e)); // a bug in a callback of a step or in the runner
                }
            });
        } catch (RejectedExecutionException e) {
            // the build is over: nobody needs the result
        }
    }

    /** The thread whose piece of the script runs now. */
    ScriptThread current() {
        return current;
    }

    /** The ID of the next node of its graph. */
    String nextNodeId() {
        return String.valueOf(++nodes);
    }

    void enter(ScriptThread thread) {
        current = thread;
    }

    void add(ScriptThread thread) {
        threads.add(thread);
    }

    void remove(ScriptThread thread) {
        threads.remove(thread);
    }

    /** The innermost threads of the blocks of a step, or of the whole program for null. */
    List<ScriptThread> leaves(CallContext call) {
        return threads.stream()
                .filter(thread -> call == null || thread.isInside(call))
                .filter(thread -> threads.stream().noneMatch(other -> other.isDirectlyInside(thread)))
                .toList();
    }

    @Override
    public void close() {
        vm.shutdownNow();
    }
}
