package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;

/** Checks that a step does not read from a DRBD device with suspended I/O, where it would hang. */
public final class SuspendedIoCheck {
    private static final String LOSS = "All reads and writes hang, and the processes cannot be killed meanwhile";

    private SuspendedIoCheck() {}

    /**
     * Refuses if it does, unless the operation {@linkplain ToleratesSuspendedIo tolerates} it.
     *
     * @throws RefusedException with the unreadable places by node
     */
    public static void check(Operation operation, ClusterFacts facts) throws RefusedException {
        if (operation instanceof ToleratesSuspendedIo) {
            return;
        }
        Refusals refusals = new Refusals();
        facts.all().forEach(node -> refusals.addAll(of(node)));
        refusals.check();
    }

    /** The unreadable places of a node. */
    public static Refusals of(NodeFacts node) {
        Refusals refusals = new Refusals();
        for (BlockDevice device : node.all(BlockDevice.class)) {
            if (device.isSuspended()) {
                refusals.add(Refusal.of(DrbdRefusal.SUSPENDED)
                        .on(node.name())
                        .found(finding(device))
                        .wouldLose(LOSS)
                        .remedy(remedy("RESOURCE")));
            }
        }
        for (MountDirectory directory : node.all(MountDirectory.class)) {
            if (directory.kind() == MountDirectory.Kind.SUSPENDED) {
                refusals.add(Refusal.of(DrbdRefusal.SUSPENDED)
                        .on(node.name())
                        .found(directory.realPath()
                                + " cannot be read: DRBD has suspended the I/O of what is mounted there")
                        .wouldLose(LOSS)
                        .remedy(remedy("RESOURCE")));
            }
        }
        for (SuspendedDrbdDevices suspended : node.all(SuspendedDrbdDevices.class)) {
            for (int minor : suspended.minors()) {
                refusals.add(Refusal.of(DrbdRefusal.SUSPENDED)
                        .on(node.name())
                        .found(
                                "LVM cannot be queried: it reads all devices, and DRBD has suspended the I/O of /dev/drbd"
                                        + minor)
                        .wouldLose(LOSS)
                        .remedy(remedy("RESOURCE")));
            }
        }
        return refusals;
    }

    /** The message for an unreadable device. */
    static String finding(BlockDevice device) {
        return device.path() + " cannot be read: DRBD has suspended its I/O";
    }

    /** The remedy for a resource with suspended I/O. */
    public static String remedy(ResourceState state) {
        return state.withoutQuorum().isEmpty()
                ? remedy(state.name())
                : "Quorum is lost: bring the peers back, and it resumes by itself. " + withoutQuorum(state.name());
    }

    private static String remedy(String resource) {
        return "`dmesg` there shows the reason: the handler fence-peer has not said that the peer is fenced, or quorum or"
                + " data are missing. Bring the peer back; only if it is certainly off, run clusterConfirmNodeDown, or `drbdadm resume-io "
                + resource
                + "`. Where quorum is lost (DRBD 9), do not: " + withoutQuorum(resource);
    }

    private static String withoutQuorum(String resource) {
        return "`drbdadm resume-io` resumes nothing without quorum, and begins a new generation of the data, which"
                + " splits them if the peers have gone on. `drbdadm secondary --force " + resource
                + "` gives up instead: pending I/O fails with errors";
    }
}
