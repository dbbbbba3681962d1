package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.List;

/** Checks by OCFS2's slot map that no node has the filesystem on a device mounted, including nodes outside the step. */
final class SlotMapCheck {
    private SlotMapCheck() {}

    /** Refuses if the slot map names a node, or is unreadable. */
    static void check(NodeFacts node, BlockDevice device, String loss, Refusals refusals) {
        String path = device.path();
        boolean probed = node.has(Ocfs2Probes.volume(path));
        List<String> users = !probed
                ? null
                : node.get(Ocfs2Probes.volume(path))
                        .flatMap(volume -> Ocfs2Facts.mountedBy(node, volume))
                        .orElse(null);
        if (users == null && device.content().contains("ocfs2") && !(probed && UnfinishedFilesystem.isOn(node, path))) {
            refusals.add(Refusal.of(Ocfs2Refusal.SLOTS_UNKNOWN)
                    .on(node.name())
                    .found("there is an OCFS2 filesystem on " + path
                            + ", and `debugfs.ocfs2 -R slotmap` does not report who has it mounted"
                            + (probed ? node.diagnostics(Ocfs2Probes.volume(path)) : ""))
                    .wouldLose(loss)
                    .remedy("Run it on the node to see its error; it is in the package ocfs2-tools"));
        } else if (users != null && !users.isEmpty()) {
            refusals.add(Refusal.of(Ocfs2Refusal.SLOT_HELD)
                    .on(node.name())
                    .found("the OCFS2 filesystem on " + path + " says that it is mounted by "
                            + String.join(", ", users))
                    .wouldLose(loss)
                    .remedy("Unmount it there first. A crashed node is listed until the filesystem is mounted "
                            + "and unmounted again (or checked with fsck.ocfs2)"));
        }
    }
}
