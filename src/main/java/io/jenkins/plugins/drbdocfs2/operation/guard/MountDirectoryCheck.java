package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;

/** Checks that a mount would not hide anything at the mount point. */
public final class MountDirectoryCheck {
    private MountDirectoryCheck() {}

    /**
     * Refuses if it would.
     *
     * @param there the current mount, or null
     */
    public static void check(String node, String mountPoint, Mount there, MountDirectory directory, Refusals refusals) {
        if (there != null) {
            refusals.add(Refusal.of(MountRefusal.PLACE_TAKEN)
                    .on(node)
                    .found(there.source() + " (" + there.type() + ") is mounted at " + mountPoint)
                    .wouldLose("The mount would hide its files")
                    .remedy("Unmount it first, or choose another mountPoint"));
        } else if (directory.kind() == MountDirectory.Kind.OTHER) {
            refusals.add(Refusal.of(MountRefusal.NO_DIRECTORY)
                    .on(node)
                    .found(mountPoint + " is not a directory")
                    .remedy("Choose another mountPoint"));
        } else if (directory.entries() > 0) {
            refusals.add(Refusal.of(MountRefusal.PLACE_NOT_EMPTY)
                    .on(node)
                    .found(mountPoint + " is not empty: it holds " + directory.entries()
                            + (directory.entries() == 1 ? " name" : " names"))
                    .wouldLose("The mount would hide its content, which would seem lost")
                    .remedy("Move it away, or choose another mountPoint"));
        }
    }
}
