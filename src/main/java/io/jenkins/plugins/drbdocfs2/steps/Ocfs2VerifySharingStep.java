package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2VerifySharing;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** ocfs2VerifySharing: all nodes write at the same time, and read what the others wrote. */
public final class Ocfs2VerifySharingStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String mountPoint;
    private int rounds = 3;
    private int writers = 1;

    /**
     * @param mountPoint the directory where the filesystem is mounted on all nodes
     */
    @DataBoundConstructor
    public Ocfs2VerifySharingStep(String mountPoint) {
        this.mountPoint = mountPoint;
    }

    /** The directory where the filesystem is mounted on all nodes. */
    public String getMountPoint() {
        return mountPoint;
    }

    /** How often. */
    public int getRounds() {
        return rounds;
    }

    @DataBoundSetter
    public void setRounds(int rounds) {
        this.rounds = rounds;
    }

    /** How many files each node writes at the same time. */
    public int getWriters() {
        return writers;
    }

    @DataBoundSetter
    public void setWriters(int writers) {
        this.writers = writers;
    }

    @Override
    public Operation operation() {
        return new Ocfs2VerifySharing(
                mountPoint, rounds, writers, UUID.randomUUID().toString().substring(0, 8));
    }

    /** Tells Jenkins of the step. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "ocfs2VerifySharing";
        }

        @Override
        public String getDisplayName() {
            return "Verify that the nodes share a filesystem";
        }
    }
}
