package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Accepts the given keys. */
public final class ManuallyProvidedKeysStrategy extends HostKeyStrategy {
    private static final long serialVersionUID = 1L;

    private final String keys;

    /** @param keys one key per line, such as {@code ssh-ed25519 AAAA...}, with or without a host name in front */
    @DataBoundConstructor
    public ManuallyProvidedKeysStrategy(String keys) {
        this.keys = keys == null ? null : keys.replace("\r\n", "\n");
    }

    /** One key per line. */
    public String getKeys() {
        return keys;
    }

    @Override
    public HostKeys toHostKeys() {
        return HostKeys.pinned(keys == null ? "" : keys);
    }

    /** Makes it usable as {@code manuallyProvidedKeys(...)}. */
    @Extension
    @Symbol("manuallyProvidedKeys")
    public static final class DescriptorImpl extends Descriptor<HostKeyStrategy> {
        @Override
        public String getDisplayName() {
            return "Manually provided keys";
        }

        /** Checks the keys as the user types. */
        @POST
        public FormValidation doCheckKeys(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "keys", value, keys -> HostKeys.pinned(Util.fixNull(keys)));
        }
    }
}
