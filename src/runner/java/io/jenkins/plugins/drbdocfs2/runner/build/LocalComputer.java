package io.jenkins.plugins.drbdocfs2.runner.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.VirtualChannel;
import jenkins.model.Jenkins;

/** This machine as the agent of {@code node}. */
public final class LocalComputer extends Jenkins.MasterComputer {
    private final VirtualChannel channel;

    /** @param channel the channel to it */
    public LocalComputer(VirtualChannel channel) {
        this.channel = channel;
    }

    @Override
    public VirtualChannel getChannel() {
        return channel;
    }

    @Override
    public @NonNull String getDisplayName() {
        return "this machine";
    }
}
