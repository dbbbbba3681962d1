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

/** What the script that runs declarative pipelines does in Java. */
public final class DeclarativeSupport {
    /** What {@code post} can hold, in the order in which it is done. */
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
     * For a build.
     *
     * @param listener where the branch that runs now writes
     */
    public DeclarativeSupport(LocalRun run, Supplier<TaskListener> listener) {
        this.run = run;
        this.listener = listener;
    }

    /** An empty section. */
    public Section section(String kind, GroovyObject script) {
        return new Section(kind, script);
    }

    /** Throws where there are no stages, or two of one name. */
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

    /** The options that stand around what they are options of. */
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

    /** Declares the build's parameters. */
    public void declareParameters(Section parameters) throws AbortException, ClassNotFoundException {
        for (Entry entry : parameters.entries()) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            ((Map<?, ?>) entry.argument()).forEach((key, value) -> arguments.put(String.valueOf(key), value));
            Object parameter =
                    new SymbolCall(entry.name(), arguments).instantiate(BuildParameter.class, listener.get());
            ((BuildParameter) parameter).declare(run.parameters());
        }
    }

    /** What {@code post} can hold. */
    public List<String> postConditions() {
        return POST_CONDITIONS;
    }

    /** Whether a part of {@code post} is to be done. There is no build before, so that anything is a change. */
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

    /** The build's result where something was thrown. */
    public String resultOf(Throwable thrown) {
        Result result = thrown instanceof FlowInterruptedException cause ? cause.getResult() : Result.FAILURE;
        return result.toString();
    }

    /** Writes a line. */
    public void log(Object line) {
        listener.get().getLogger().println(line);
    }

    /** Tells of something thrown. */
    public void tell(Throwable thrown) {
        ScriptErrors.tell(thrown, run, listener.get());
    }
}
