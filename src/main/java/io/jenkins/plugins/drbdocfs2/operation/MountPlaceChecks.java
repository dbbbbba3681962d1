package io.jenkins.plugins.drbdocfs2.operation;

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
            refusals.add(
                    node,
                    there.source() + " (" + there.type() + ") is mounted at " + mountPoint,
                    "Its files would be hidden",
                    "Unmount it first, or choose another mountPoint");
        } else if (place.kind() == MountPlace.Kind.OTHER) {
            refusals.add(node, mountPoint + " is no directory", null, "Choose another mountPoint");
        } else if (place.entries() > 0) {
            refusals.add(
                    node,
                    mountPoint + " is not empty: it holds " + place.entries()
                            + (place.entries() == 1 ? " name" : " names"),
                    "What is in it would be hidden below the mount, and look lost",
                    "Move it away, or choose another mountPoint");
        }
    }
}
