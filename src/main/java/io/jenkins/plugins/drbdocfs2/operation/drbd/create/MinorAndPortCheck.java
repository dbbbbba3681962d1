package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.Set;

/**
 * Checks that the minors and the port of a resource are free on a node, or its own. The parser detects conflicting files.
 */
final class MinorAndPortCheck {
    private final Resource resource;
    private final Refusals refusals;

    MinorAndPortCheck(Resource resource, Refusals refusals) {
        this.resource = resource;
        this.refusals = refusals;
    }

    void check(NodeFacts node) {
        checkMinors(node);
        checkPort(node);
    }

    private void checkMinors(NodeFacts node) {
        for (ResourceState other :
                node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources().values()) {
            for (DeviceState volume : other.volumes().values()) {
                boolean same = resource.volumes().stream().anyMatch(mine -> mine.minor() == volume.minor());
                if (same && !other.name().equals(resource.name())) {
                    refusals.add(Refusal.of(DrbdConfigurationRefusal.DEVICE_TAKEN)
                            .on(node.name())
                            .found("/dev/drbd" + volume.minor() + " belongs to the running resource '" + other.name()
                                    + "'")
                            .wouldLose("The device of one resource would be mistaken for that of the other")
                            .remedy("Choose another device for '" + resource.name() + "'"));
                }
            }
        }
    }

    private void checkPort(NodeFacts node) {
        Resource.Host host = resource.host(node.name());
        if (!isOwnPort(node, host) && node.get(StorageProbes.PORTS).has(host.address(), host.port())) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.PORT_IN_USE)
                    .on(node.name())
                    .found("port " + host.port() + " is in use at " + host.address())
                    .wouldLose("The nodes could not connect, and each would continue without the other")
                    .remedy("Choose another port for '" + resource.name()
                            + "'; each resource needs its own (`ss -ltnp` on the" + " node shows whose it is)"));
        }
    }

    // The running resource listens at the port configured when it came up, even if its file has changed.
    private boolean isOwnPort(NodeFacts node, Resource.Host host) {
        if (DrbdFacts.state(node, resource.name()) == null) {
            return false;
        }
        Set<String> running = node.get(RunningOptions.probe(resource.name())).addresses();
        if (!running.isEmpty()) {
            return running.contains(NetworkProbes.place(host.address(), host.port()));
        }
        ConfiguredResource configured = DrbdFacts.configured(node, resource.name());
        Resource.Host before = configured.isConfigured() ? configured.resource().host(node.name()) : null;
        return before != null && before.port() == host.port();
    }
}
