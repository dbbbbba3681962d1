package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code parameters([...])} in {@code properties}. */
public final class ParametersProperty extends AbstractDescribableImpl<ParametersProperty> {
    private final List<BuildParameter> parameterDefinitions;

    /** @param parameterDefinitions the declared parameters */
    @DataBoundConstructor
    public ParametersProperty(List<BuildParameter> parameterDefinitions) {
        this.parameterDefinitions = new ArrayList<>(parameterDefinitions);
    }

    void declare(BuildParameters parameters) throws AbortException {
        for (BuildParameter parameter : parameterDefinitions) {
            parameter.declare(parameters);
        }
    }

    /** Its descriptor. */
    @Symbol("parameters")
    public static final class DescriptorImpl extends Descriptor<ParametersProperty> {}
}
