package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Accepts any key. */
public final class NoHostKeyVerificationStrategy extends HostKeyStrategy {
    private static final long serialVersionUID = 1L;

    /** Without parameters. */
    @DataBoundConstructor
    public NoHostKeyVerificationStrategy() {}

    @Override
    public HostKeys toHostKeys() {
        return HostKeys.none();
    }

    /** Makes it usable as {@code noHostKeyVerification()}. */
    @Extension
    @Symbol("noHostKeyVerification")
    public static final class DescriptorImpl extends Descriptor<HostKeyStrategy> {
        @Override
        public String getDisplayName() {
            return "No verification (insecure)";
        }
    }
}
