package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import hudson.EnvVars;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withEnv(['NAME=value']) { }}. */
public final class WithEnvStep extends Step {
    private final List<String> overrides;

    /** @param overrides the variables, as {@code NAME=value} */
    @DataBoundConstructor
    public WithEnvStep(List<String> overrides) {
        this.overrides = new ArrayList<>(overrides);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String each : overrides) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                throw new AbortException("Bad environment variable: " + each + ". Expected NAME=value");
            }
            variables.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return StepExecutions.block(
                context,
                (c, body) -> body.withContext(EnvironmentExpander.merge(
                        c.get(EnvironmentExpander.class), new Overrides(new LinkedHashMap<>(variables)))));
    }

    private static final class Overrides extends EnvironmentExpander implements Serializable {
        private static final long serialVersionUID = 1L;
        private final LinkedHashMap<String, String> variables;

        Overrides(LinkedHashMap<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideExpandingAll(variables);
        }
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("withEnv");
        }
    }
}
