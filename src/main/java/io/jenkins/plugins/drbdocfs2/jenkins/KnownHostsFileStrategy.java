package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Accepts the keys in a known_hosts file on the machine that runs SSH: the agent, or else the controller. */
public final class KnownHostsFileStrategy extends HostKeyStrategy {
    private static final long serialVersionUID = 1L;

    private String path;

    /** Uses the file of the user that runs SSH. */
    @DataBoundConstructor
    public KnownHostsFileStrategy() {}

    /** The path of the file; null for {@code ~/.ssh/known_hosts}. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = ParameterText.trimmed(path);
    }

    @Override
    public HostKeys toHostKeys() {
        return HostKeys.knownHostsFile(path == null ? defaultFile() : path);
    }

    /** Makes it usable as {@code knownHostsFile()}. */
    @Extension
    @Symbol("knownHostsFile")
    public static final class DescriptorImpl extends Descriptor<HostKeyStrategy> {
        @Override
        public String getDisplayName() {
            return "Known hosts file";
        }
    }
}
