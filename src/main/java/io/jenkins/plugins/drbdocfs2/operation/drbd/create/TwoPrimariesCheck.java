package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.SharedFilesystemCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;

/**
 * Checks that a resource that is to have two Primaries holds no single-node filesystem. Until two nodes may be Primary, DRBD
 * itself prevents the second mount.
 *
 * @param resource the requested resource
 * @param keepsData whether it may have data on its disks from before
 */
record TwoPrimariesCheck(Resource resource, boolean keepsData) {
    /** Refuses a second Primary that would be new. */
    void check(NodeFacts node, Refusals refusals) {
        boolean exists = DrbdFacts.state(node, resource.name()) != null
                || DrbdFacts.configured(node, resource.name()).isConfigured()
                || keepsData;
        if (!resource.dualPrimary() || !exists || isAllowed(node)) {
            return;
        }
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(node.name());
            SharedFilesystemCheck.filesystem(node, volume.device(), disk == null ? volume.device() : disk.device())
                    .ifPresent(filesystem -> refusals.add(Refusal.of(FilesystemRefusal.ONE_NODE)
                            .on(node.name())
                            .found(volume.device() + " of '" + resource.name() + "' holds " + filesystem
                                    + ", a single-node filesystem, and two nodes are to be Primary")
                            .wouldLose(
                                    "Mounted on both nodes it would be destroyed, and DRBD would no longer prevent that")
                            .remedy("Leave out dualPrimary, or first make OCFS2 on it (ocfs2Format, whose overwrite "
                                    + "names what is lost)")));
        }
    }

    private boolean isAllowed(NodeFacts node) {
        return DrbdFacts.configured(node, resource.name()).dualPrimary();
    }

    /** Warns of a filesystem for which two Primaries are allowed already. */
    List<String> warnings(NodeFacts node) {
        return !resource.dualPrimary() || !isAllowed(node)
                ? List.of()
                : resource.volumes().stream()
                        .flatMap(volume -> SharedFilesystemCheck.filesystem(node, volume.device()).stream()
                                .map(filesystem -> Plan.WARNING + node.name() + ": " + volume.device() + " of '"
                                        + resource.name() + "' holds " + filesystem
                                        + ", a single-node filesystem, and two nodes may be Primary: mounted on both"
                                        + " nodes it would be destroyed"))
                        .toList();
    }
}
