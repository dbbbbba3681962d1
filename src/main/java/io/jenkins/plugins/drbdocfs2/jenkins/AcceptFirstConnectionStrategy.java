package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Accepts and saves the first key that a node presents, and refuses any other key later. */
public final class AcceptFirstConnectionStrategy extends HostKeyStrategy {
    private static final long serialVersionUID = 1L;

    /** Without parameters. */
    @DataBoundConstructor
    public AcceptFirstConnectionStrategy() {}

    @Override
    public HostKeys toHostKeys() {
        return HostKeys.acceptFirst(defaultFile());
    }

    /** Makes it usable as {@code acceptFirstConnection()}. */
    @Extension
    @Symbol("acceptFirstConnection")
    public static final class DescriptorImpl extends Descriptor<HostKeyStrategy> {
        @Override
        public String getDisplayName() {
            return "Accept the first key";
        }
    }
}
