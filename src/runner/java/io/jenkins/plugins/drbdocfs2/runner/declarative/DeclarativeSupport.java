package io.jenkins.plugins.drbdocfs2.runner.declarative;

import groovy.lang.GroovyObject;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.binding.SymbolCall;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import io.jenkins.plugins.drbdocfs2.runner.engine.ScriptErrors;
import io.jenkins.plugins.drbdocfs2.runner.steps.BuildParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The Java part of the script that runs declarative pipelines. */
public final class DeclarativeSupport {
    /** The conditions of {@code post}, in the order of execution. */
    static final List<String> POST_CONDITIONS =
            List.of("always", "changed", "aborted", "failure", "success", "unstable", "unsuccessful", "cleanup");

    private static final Set<String> WRAPPING_OPTIONS = Set.of("timeout", "retry");
    private static final Set<String> IGNORED_OPTIONS = Set.of(
            "timestamps",
            "ansiColor",
            "disableConcurrentBuilds",
            "disableResume",
            "buildDiscarder",
            "logRotator",
            "durabilityHint",
            "preserveStashes",
            "quietPeriod",
            "skipDefaultCheckout");

    private final LocalRun run;
    private final Supplier<TaskListener> listener;

    /**
     * Support for a build.
     *
     * @param listener the listener of the current branch
     */
    public DeclarativeSupport(LocalRun run, Supplier<TaskListener> listener) {
        this.run = run;
        this.listener = listener;
    }

    /** An empty section. */
    public Section section(String kind, GroovyObject script) {
        return new Section(kind, script);
    }

    /** Throws if there are no stages, or two with the same name. */
    public void requireStages(String kind, List<Map<String, Object>> stages) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("No stages specified in the section \"" + kind + "\"");
        }
        List<Object> names = new ArrayList<>();
        for (Map<String, Object> stage : stages) {
            if (names.contains(stage.get("name"))) {
                throw new IllegalArgumentException("Duplicate stage name: \"" + stage.get("name") + "\"");
            }
            names.add(stage.get("name"));
        }
    }

    /** The options with a block, which enclose their stage or pipeline. */
    public List<Entry> options(Section options) {
        for (Entry option : options.entries()) {
            if (!WRAPPING_OPTIONS.contains(option.name()) && !IGNORED_OPTIONS.contains(option.name())) {
                throw new IllegalArgumentException(
                        "The option \"" + option.name() + "\" is not supported by the runner");
            }
        }
        return options.entries().stream()
                .filter(option -> WRAPPING_OPTIONS.contains(option.name()))
                .toList();
    }

    /** Declares the parameters of the build. */
    public void declareParameters(Section parameters) throws AbortException, ClassNotFoundException {
        for (Entry entry : parameters.entries()) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            ((Map<?, ?>) entry.argument()).forEach((key, value) -> arguments.put(String.valueOf(key), value));
            Object parameter =
                    new SymbolCall(entry.name(), arguments).instantiate(BuildParameter.class, listener.get());
            ((BuildParameter) parameter).declare(run.parameters());
        }
    }

    /** The conditions of {@code post}. */
    public List<String> postConditions() {
        return POST_CONDITIONS;
    }

    /** Whether a condition of {@code post} is met. There is no previous build, so every result is a change. */
    public boolean isMet(String condition) {
        Result result = run.getResult() == null ? Result.SUCCESS : run.getResult();
        return switch (condition) {
            case "aborted" -> result == Result.ABORTED;
            case "failure" -> result == Result.FAILURE;
            case "success" -> result == Result.SUCCESS;
            case "unstable" -> result == Result.UNSTABLE;
            case "unsuccessful" -> result != Result.SUCCESS;
            default -> true;
        };
    }

    /** The result of the build after this exception. */
    public String resultOf(Throwable thrown) {
        Result result = thrown instanceof FlowInterruptedException cause ? cause.getResult() : Result.FAILURE;
        return result.toString();
    }

    /** Writes a line. */
    public void log(Object line) {
        listener.get().getLogger().println(line);
    }

    /** Logs an exception. */
    public void logError(Throwable thrown) {
        ScriptErrors.log(thrown, run, listener.get());
    }
}
