package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState.PAUSED_SYNC_S;
import static io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState.PAUSED_SYNC_T;
import static io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState.SYNC_SOURCE;
import static io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState.SYNC_TARGET;
import static io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState.VERIFY_S;
import static io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState.VERIFY_T;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the effects of {@code drbdadm adjust} on a running resource, which sometimes changes more than options. */
final class AdjustCheck {
    private static final Pattern TAKES_AWAY =
            Pattern.compile(".*drbdsetup\\S* (detach|del-minor|down|del-resource)\\b.*");
    private static final Pattern DISCONNECTS = Pattern.compile(".*drbdsetup\\S* (disconnect|del-peer|del-path)\\b.*");

    /** Options that cannot change in these replication states. drbd_nl.c */
    private static final Map<String, Set<ReplicationState>> BUSY = Map.of(
            "verify-alg", EnumSet.of(VERIFY_S, VERIFY_T),
            "csums-alg", EnumSet.of(SYNC_SOURCE, SYNC_TARGET, PAUSED_SYNC_S, PAUSED_SYNC_T));

    private AdjustCheck() {}

    static void check(String node, String resource, ConfiguredResource wanted, ResourceState state, Refusals refusals) {
        if (!wanted.adjustKnown() && wanted.error().isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.ADJUST_UNKNOWN)
                    .on(node)
                    .found("`drbdadm -d adjust " + resource
                            + "` fails, so it is not known whether the running resource is as configured"
                            + (wanted.adjustError().isEmpty() ? "" : ": " + wanted.adjustError()))
                    .wouldLose("drbdadm adjust could take a disk from it")
                    .remedy("Correct what it names; run it on the node to see more"));
        }
        for (String command : wanted.adjust()) {
            String finding =
                    "to make the running '" + resource + "' match the request, DRBD would run `" + command + "`";
            if (TAKES_AWAY.matcher(command).matches()) {
                refusals.add(Refusal.of(DrbdConfigurationRefusal.ADJUST_TAKES_DISK)
                        .on(node)
                        .found(finding)
                        .wouldLose("A disk or device would be taken from a running resource")
                        .remedy("Remove the resource with drbdRemoveResource and create it again, or leave "
                                + "its disks as they are"));
            } else if (DISCONNECTS.matcher(command).matches() && bothPrimary(state)) {
                refusals.add(Refusal.of(DrbdConfigurationRefusal.ADJUST_DISCONNECTS)
                        .on(node)
                        .found(finding + " while both nodes are Primary")
                        .wouldLose("The data would split if both were written to meanwhile")
                        .remedy("Unmount and demote one node first"));
            }
        }
    }

    /**
     * Refuses options that the kernel would reject in this state, before they are written.
     *
     * @param dualPrimary whether the resource itself will allow two Primaries
     * @param before the current options
     * @param after the new options
     */
    static void checkOptions(
            String node,
            String resource,
            ResourceState state,
            boolean dualPrimary,
            EffectiveOptions before,
            EffectiveOptions after,
            Refusals refusals) {
        if (bothPrimary(state) && !dualPrimary && !after.allowsTwoPrimaries()) {
            refusals.add(Refusal.of(DrbdRefusal.TWO_PRIMARIES)
                    .on(node)
                    .found("two nodes are Primary, and '" + resource + "' is no longer to allow that")
                    .wouldLose("DRBD refuses that (Failure: (164)), and the file would not match the running "
                            + "resource")
                    .allowedBy("dualPrimary: true")
                    .remedy("Unmount and demote one node first (clusterUnmount, drbdDemote), or set "
                            + "dualPrimary: true"));
        }
        for (Map.Entry<String, Set<ReplicationState>> busy : BUSY.entrySet()) {
            Optional<Reported<ReplicationState>> runs = state.connections().values().stream()
                    .flatMap(peer -> peer.volumes().values().stream())
                    .map(PeerDeviceState::replication)
                    .filter(replication -> busy.getValue().contains(replication.state()))
                    .findFirst();
            if (runs.isPresent() && !before.value(busy.getKey()).equals(after.value(busy.getKey()))) {
                refusals.add(Refusal.of(DrbdConfigurationRefusal.BUSY)
                        .on(node)
                        .found("'" + resource + "' is " + runs.get() + ", while " + busy.getKey() + " is to change")
                        .wouldLose("DRBD refuses that, and the file would not match the running resource")
                        .remedy("Wait until that is over (drbdWaitSync), then run the step again"));
            }
        }
    }

    private static boolean bothPrimary(ResourceState state) {
        return state.isPrimary() && state.connections().values().stream().anyMatch(peer -> peer.isPrimary());
    }
}
