package io.jenkins.plugins.drbdocfs2.runner.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.VirtualChannel;
import jenkins.model.Jenkins;

/** This machine, as the agent that {@code node} gives. */
public final class LocalComputer extends Jenkins.MasterComputer {
    private final VirtualChannel channel;

    /** Reached by a channel. */
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
