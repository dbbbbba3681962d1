package io.jenkins.plugins.drbdocfs2.runner.engine;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.control.CompilationFailedException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Logs the exceptions of a script with the lines of the Jenkinsfile in their stack trace. */
public final class ScriptErrors {
    private ScriptErrors() {}

    /** Adds the place in the script to an exception from another thread. */
    static void locate(Throwable thrown, List<StackTraceElement> place) {
        boolean loggedWithoutStack = thrown instanceof AbortException || thrown instanceof FlowInterruptedException;
        if (loggedWithoutStack || !frames(thrown).isEmpty()) {
            return;
        }
        List<StackTraceElement> trace = new ArrayList<>(Arrays.asList(thrown.getStackTrace()));
        trace.addAll(place);
        thrown.setStackTrace(trace.toArray(StackTraceElement[]::new));
    }

    /** Logs an exception like Jenkins. */
    public static void log(Throwable thrown, Run<?, ?> run, TaskListener listener) {
        if (thrown instanceof AbortException) {
            listener.error(thrown.getMessage());
        } else if (thrown instanceof FlowInterruptedException interrupted) {
            interrupted.handle(run, listener);
        } else {
            describe(thrown).forEach(listener.getLogger()::println);
        }
    }

    /** The log lines for an exception. */
    public static List<String> describe(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        describe(thrown, "", lines, Collections.newSetFromMap(new IdentityHashMap<>()));
        return lines;
    }

    private static void describe(Throwable thrown, String prefix, List<String> lines, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        if (thrown instanceof CompilationFailedException) {
            lines.addAll(thrown.toString().lines().toList());
            return;
        }
        List<String> text = thrown.toString().lines().toList();
        lines.add(prefix + text.get(0));
        lines.addAll(text.subList(1, text.size()));
        frames(thrown).forEach(frame -> lines.add("\tat " + frame));
        if (thrown.getCause() != null) {
            describe(thrown.getCause(), "Caused by: ", lines, seen);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            describe(suppressed, "Suppressed: ", lines, seen);
        }
    }

    private static List<StackTraceElement> frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> ScriptCompiler.SCRIPT_NAME.equals(frame.getFileName()))
                .filter(frame -> frame.getLineNumber() > 0)
                .distinct()
                .toList();
    }
}
