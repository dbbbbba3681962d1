package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that DRBD can be queried on the nodes, that a resource is configured and up, and that it has quorum. */
public final class ResourceCheck {
    /** The message of drbdadm for an address that the node does not have. */
    public static final String NOT_FOUND_ON_THIS_HOST = " not found on this host";

    private static final Pattern FOREIGN_ADDRESS = Pattern.compile("IP (\\S+)" + NOT_FOUND_ON_THIS_HOST);

    private ResourceCheck() {}

    /** Refuses if DRBD cannot be queried, or the resource is not configured on any node. */
    public static void checkKnown(ClusterFacts facts, String resource, Refusals refusals) {
        facts.all().forEach(node -> checkAnswer(node, refusals));
        if (!refusals.any()) {
            facts.all().forEach(node -> checkConfiguration(node, resource, refusals));
        }
        if (!refusals.any() && DrbdFacts.members(facts, resource).isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_RESOURCE)
                    .found("there is no resource '" + resource + "' on " + String.join(", ", facts.names()))
                    .remedy("Create it with drbdCreateResource first, or correct the name"));
        }
    }

    /** Refuses if DRBD cannot be queried on a node. */
    public static void checkAnswer(NodeFacts node, Refusals refusals) {
        if (node.get(DrbdProbes.VERSION).isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_INSTALLED)
                    .on(node.name())
                    .found("drbdadm is not installed or does not run")
                    .remedy("Run drbdInstall first"));
        } else {
            checkState(node, refusals);
        }
    }

    /** Refuses if the state of DRBD in the kernel of a node is unknown. */
    public static void checkState(NodeFacts node, Refusals refusals) {
        if (node.get(DrbdProbes.STATE).isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.STATE_UNKNOWN)
                    .on(node.name())
                    .found("`drbdsetup events2 --now` gives no valid answer, so the state of DRBD is unknown"
                            + node.diagnostics(DrbdProbes.STATE))
                    .wouldLose("A resource in use could be mistaken for one that is down, and its disks for free disks")
                    .remedy("See whether drbd-utils fit the loaded module (`drbdadm --version`)"));
        }
    }

    /** Refuses if the configuration of the resource on a node is unknown. */
    public static void checkConfiguration(NodeFacts node, String resource, Refusals refusals) {
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        if (!configured.isKnown()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.CONFIGURATION_UNKNOWN)
                    .on(node.name())
                    .found("how '" + resource + "' is configured there is not known: " + configured.error())
                    .wouldLose("drbdadm refuses every command with files that it cannot read, and a resource could be "
                            + "mistaken for a missing one")
                    .remedy(remedy(configured.error())));
        }
    }

    /** The remedy if drbdadm cannot read the files of a node. */
    public static String remedy(String error) {
        Matcher address = FOREIGN_ADDRESS.matcher(error);
        return (address.find()
                        ? address.group(1)
                                + " is not an address of this node (`ip -o addr` shows those that it has): correct it"
                        : "Correct or remove what it names")
                + " in that file; `drbdadm dump` on the node says when it is right";
    }

    /** Refuses if the resource is down on a node. */
    public static void checkUp(NodeFacts node, String resource, Refusals refusals) {
        if (DrbdFacts.state(node, resource) == null) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_UP)
                    .on(node.name())
                    .found("resource '" + resource + "' is not up")
                    .remedy("Run drbdCreateResource, which brings it up"));
        }
    }

    /** Refuses if DRBD would refuse a promotion because of missing quorum. */
    public static void checkQuorum(String node, ResourceState state, Refusals refusals) {
        if (!state.withoutQuorum().isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.NO_QUORUM)
                    .on(node)
                    .found("'" + state.name() + "' has no quorum there: " + peers(state))
                    .wouldLose("The nodes that it does not reach may have quorum, and a Primary with newer data")
                    .remedy("Bring the missing nodes back, or repair the network; drbdStatus shows what each node "
                            + "sees. Only if they are lost for good, remove `quorum` from the options with "
                            + "drbdCreateResource, or leave these nodes out of the resource"));
        }
    }

    private static String peers(ResourceState state) {
        return state.connections().isEmpty()
                ? "there is no connection"
                : state.connections().values().stream()
                        .map(peer -> peer.peer() + " is " + peer.connection())
                        .collect(Collectors.joining(", "));
    }
}
