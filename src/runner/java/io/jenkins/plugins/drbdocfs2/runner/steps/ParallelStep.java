package io.jenkins.plugins.drbdocfs2.runner.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.lang.Closure;
import io.jenkins.plugins.drbdocfs2.runner.engine.OwnArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** {@code parallel one: { }, two: { }, failFast: true}. */
public final class ParallelStep extends Step {
    private final Map<String, Closure<?>> branches;
    private final boolean failFast;

    ParallelStep(Map<String, Closure<?>> branches, boolean failFast) {
        this.branches = branches;
        this.failFast = failFast;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ParallelExecution(context, branches, failFast);
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor implements OwnArguments {
        DescriptorImpl() {
            super("parallel");
        }

        @Override
        public Step newInstance(@NonNull Map<String, Object> arguments) {
            Map<String, Closure<?>> branches = new LinkedHashMap<>();
            boolean failFast = false;
            for (Map.Entry<String, Object> argument : arguments.entrySet()) {
                if (argument.getValue() instanceof Closure<?> branch) {
                    branches.put(argument.getKey(), branch);
                } else if (argument.getKey().equals("failFast") && argument.getValue() instanceof Boolean given) {
                    failFast = given;
                } else {
                    throw new IllegalArgumentException("Expected a closure or failFast but found " + argument);
                }
            }
            return new ParallelStep(branches, failFast);
        }
    }
}
