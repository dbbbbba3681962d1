package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import java.util.Map;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/** The names that every script can use without a declaration. */
final class Globals {
    private final Steps steps;
    private final EnvironmentVariable environment;
    private final Map<String, Object> variables;
    private final Supplier<? extends GroovyObject> declarative;

    /**
     * The globals of a program.
     *
     * @param declarative creates the script that runs declarative pipelines
     */
    Globals(Program program, Supplier<? extends GroovyObject> declarative) {
        this.steps = new Steps(program);
        this.environment = new EnvironmentVariable(program);
        this.declarative = declarative;
        this.variables = Map.of(
                "steps",
                steps,
                "env",
                environment,
                "currentBuild",
                new BuildVariable(program.run()),
                "params",
                new ParametersVariable(program.run().parameters()));
    }

    /** The variable or environment variable of this name, or null. */
    @CheckForNull
    Object variable(String name) {
        Object variable = variables.get(name);
        return variable != null ? variable : environment.getProperty(name);
    }

    /** Calls a step, a symbol, or {@code pipeline}. */
    Object invoke(PipelineScript script, String name, Object arguments) {
        boolean isDeclarative = name.equals("pipeline")
                && arguments instanceof Object[] array
                && array.length == 1
                && array[0] instanceof Closure;
        return isDeclarative ? pipeline(script, ((Object[]) arguments)[0]) : steps.invokeMethod(name, arguments);
    }

    private Object pipeline(PipelineScript script, Object body) {
        try {
            GroovyObject runner = declarative.get();
            return InvokerHelper.getMetaClass(runner).invokeMethod(runner, "pipeline", new Object[] {script, body});
        } catch (InvokerInvocationException e) {
            if (e.getCause() instanceof CpsCallableInvocation invocation) {
                throw invocation; // makes the engine call it
            }
            throw e;
        }
    }
}
