package io.jenkins.plugins.drbdocfs2.runner.engine;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import hudson.model.Describable;
import io.jenkins.plugins.drbdocfs2.runner.binding.Symbols;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The base class of the scripts of a {@link Rehearsal}. */
public abstract class RehearsedScript extends Script {
    /** The directives of declarative Pipelines: blocks run, all else is irrelevant for steps. */
    private static final Set<String> DECLARATIVE = Set.of(
            "pipeline",
            "agent",
            "stages",
            "steps",
            "options",
            "environment",
            "parameters",
            "when",
            "expression",
            "post",
            "always",
            "success",
            "failure",
            "unstable",
            "cleanup");

    private static final Set<String> VARIABLES = Set.of("env", "params", "currentBuild", "any", "none");

    private Rehearsal rehearsal;

    void setRehearsal(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public Object invokeMethod(String name, Object given) {
        StepDescriptor descriptor = StepDescriptor.byFunctionName(name);
        if (descriptor != null) {
            return rehearsal.call(descriptor, given);
        }
        Object[] arguments = given instanceof Object[] array ? array : new Object[] {given};
        boolean alone = arguments.length == 1 && arguments[0] instanceof Closure<?>;
        if (DECLARATIVE.contains(name) && (alone || Symbols.find(Describable.class, name) == null)) {
            Rehearsal.callIfClosure(arguments[arguments.length - 1]);
            return Sample.ANY;
        }
        if (Symbols.find(Describable.class, name) != null) {
            return rehearsal.symbol(name, given);
        }
        throw new MissingMethodException(name, getClass(), arguments);
    }

    @Override
    public Object getProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException e) {
            if (VARIABLES.contains(name)) {
                return Sample.ANY;
            }
            throw e;
        }
    }

    @Override
    public void println(Object value) {
        // the output of a script is ignored
    }
}
