package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2VerifySharing;
import java.util.UUID;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** ocfs2VerifySharing: all nodes write at the same time, and read the files of the others. */
public final class Ocfs2VerifySharingStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String mountPoint;
    private Integer rounds;
    private Integer writers;

    /**
     * @param mountPoint the directory where the filesystem is mounted on all nodes
     */
    @DataBoundConstructor
    public Ocfs2VerifySharingStep(String mountPoint) {
        this.mountPoint = ParameterText.trimmed(mountPoint);
    }

    /** The directory where the filesystem is mounted on all nodes. */
    public String getMountPoint() {
        return mountPoint;
    }

    /** The number of rounds. */
    public int getRounds() {
        return Util.fixNull(rounds, 3);
    }

    @DataBoundSetter
    public void setRounds(int rounds) {
        this.rounds = rounds;
    }

    /** The number of files that each node writes at the same time. */
    public int getWriters() {
        return Util.fixNull(writers, 1);
    }

    @DataBoundSetter
    public void setWriters(int writers) {
        this.writers = writers;
    }

    @Override
    public Operation operation() {
        return new Ocfs2VerifySharing(
                mountPoint,
                getRounds(),
                getWriters(),
                UUID.randomUUID().toString().substring(0, 8));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements MountPointField {
        @Override
        public String getFunctionName() {
            return "ocfs2VerifySharing";
        }

        @Override
        public String getDisplayName() {
            return "Verify OCFS2 sharing between the nodes";
        }

        /** Checks the field rounds while it is typed. */
        @POST
        public FormValidation doCheckRounds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "rounds",
                    value,
                    rounds -> ParameterCheck.of(new Ocfs2VerifySharing("/mnt/data", rounds, 1, "0")));
        }

        /** Checks the field writers while it is typed. */
        @POST
        public FormValidation doCheckWriters(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "writers",
                    value,
                    writers -> ParameterCheck.of(new Ocfs2VerifySharing("/mnt/data", 1, writers, "0")));
        }
    }
}
