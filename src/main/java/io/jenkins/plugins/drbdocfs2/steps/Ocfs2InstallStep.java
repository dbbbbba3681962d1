package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.node.Ocfs2Install;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** ocfs2Install: installs ocfs2-tools and loads the kernel modules, now and at boot. */
public final class Ocfs2InstallStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private String packages;

    /** Installs the default packages of the distribution. */
    @DataBoundConstructor
    public Ocfs2InstallStep() {
        // all parameters are optional
    }

    /** The packages to install, separated by spaces or commas; null for the distribution's. */
    public String getPackages() {
        return packages;
    }

    @DataBoundSetter
    public void setPackages(String packages) {
        this.packages = ParameterText.trimmed(packages);
    }

    @Override
    public Operation operation() {
        return new Ocfs2Install(ParameterRules.words(packages));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements PackagesField {
        @Override
        public String getFunctionName() {
            return "ocfs2Install";
        }

        @Override
        public String getDisplayName() {
            return "Install OCFS2 on the nodes";
        }
    }
}
