package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.MountPlace;

/** Whether something can be mounted at a place without hiding what is there. */
final class MountPlaceChecks {
    private MountPlaceChecks() {}

    /**
     * Refuses where it cannot.
     *
     * @param there what is mounted there, or null
     */
    static void check(String node, String mountPoint, Mount there, MountPlace place, Refusals refusals) {
        if (there != null) {
            refusals.add(Refusal.of(MountRefusal.PLACE_TAKEN)
                    .on(node)
                    .found(there.source() + " (" + there.type() + ") is mounted at " + mountPoint)
                    .wouldLose("Its files would be hidden")
                    .remedy("Unmount it first, or choose another mountPoint"));
        } else if (place.kind() == MountPlace.Kind.OTHER) {
            refusals.add(Refusal.of(MountRefusal.NO_DIRECTORY)
                    .on(node)
                    .found(mountPoint + " is no directory")
                    .remedy("Choose another mountPoint"));
        } else if (place.entries() > 0) {
            refusals.add(Refusal.of(MountRefusal.PLACE_NOT_EMPTY)
                    .on(node)
                    .found(mountPoint + " is not empty: it holds " + place.entries()
                            + (place.entries() == 1 ? " name" : " names"))
                    .wouldLose("What is in it would be hidden below the mount, and look lost")
                    .remedy("Move it away, or choose another mountPoint"));
        }
    }
}
