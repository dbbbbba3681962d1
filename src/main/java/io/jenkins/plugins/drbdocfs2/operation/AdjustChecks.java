package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.States;
import java.util.regex.Pattern;

/** Judges what {@code drbdadm adjust} would do to a running resource, which is more than options at times. */
final class AdjustChecks {
    private static final Pattern TAKES_AWAY =
            Pattern.compile(".*drbdsetup\\S* (detach|del-minor|down|del-resource)\\b.*");
    private static final Pattern DISCONNECTS = Pattern.compile(".*drbdsetup\\S* (disconnect|del-peer|del-path)\\b.*");

    private AdjustChecks() {}

    static void check(String node, String resource, ConfiguredResource wanted, ResourceState state, Refusals refusals) {
        if (!wanted.adjustKnown() && wanted.error().isEmpty()) {
            refusals.add(
                    node,
                    "`drbdadm -d adjust " + resource
                            + "` fails, so it is not known whether the running resource is as configured",
                    "drbdadm adjust could take a disk from it",
                    "Run it on the node to see its reason");
        }
        for (String command : wanted.adjust()) {
            String finding =
                    "to make the running '" + resource + "' what is asked for, DRBD would run `" + command + "`";
            if (TAKES_AWAY.matcher(command).matches()) {
                refusals.add(
                        node,
                        finding,
                        "A disk or device would be taken from a running resource",
                        "Remove the resource with drbdRemoveResource and create it anew, or leave its disks as they are");
            } else if (DISCONNECTS.matcher(command).matches() && bothPrimary(state)) {
                refusals.add(
                        node,
                        finding + " while both nodes are Primary",
                        "The data would split if both were written to meanwhile",
                        "Unmount and demote one node first");
            }
        }
    }

    private static boolean bothPrimary(ResourceState state) {
        return state.isPrimary()
                && state.connections().values().stream()
                        .anyMatch(peer -> peer.peerRole().equals(States.PRIMARY));
    }
}
