package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ToleratesSuspendedIo;
import io.jenkins.plugins.drbdocfs2.operation.node.PackageCommands;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * clusterConfigureFencing: checks the device of each node from all other nodes, and puts them where the fence-peer handler
 * finds them.
 *
 * @param devices the device of each node
 * @param packages the packages to install instead of those of the distribution; may be empty
 * @param remove whether to remove the devices from the nodes instead
 */
public record ClusterConfigureFencing(List<DeviceSpec> devices, List<String> packages, boolean remove)
        implements Operation, ToleratesSuspendedIo, Operation.TakesEarlierAnswers {
    public ClusterConfigureFencing {
        devices = List.copyOf(devices);
        packages = List.copyOf(packages);
    }

    @Override
    public void check(List<Node> nodes) {
        if (remove) {
            Check.that(devices.isEmpty(), "devices", devices.size() + " devices", "not be given with remove");
            return;
        }
        List<String> names = nodes.stream().map(Node::name).toList();
        for (DeviceSpec device : devices) {
            ParameterRules.node("node", device.node(), nodes);
            device.check();
        }
        for (String name : names) {
            long count = devices.stream()
                    .filter(device -> device.node().equals(name))
                    .count();
            if (count != 1) {
                throw new InvalidParameterException(
                        "devices",
                        "devices must have one device for each node, but has " + (count == 0 ? "none" : count) + " for "
                                + name + ".");
            }
        }
        for (DeviceSpec device : devices) {
            for (DeviceSpec other : devices) {
                if (!device.node().equals(other.node()) && device.isSameDevice(other)) {
                    throw new InvalidParameterException(
                            "devices",
                            "devices must differ, but those of " + device.node() + " and " + other.node()
                                    + " are the same: fencing one node would switch the other.");
                }
            }
        }
        PackageCommands.checkNames(packages);
    }

    /** The devices that a node needs: those of the others. */
    List<DeviceSpec> devicesOn(String node) {
        return devices.stream().filter(device -> !device.node().equals(node)).toList();
    }

    private List<String> agentsOn(String node) {
        return devicesOn(node).stream().map(DeviceSpec::agent).distinct().toList();
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        if (remove) {
            return known.isEmpty() ? ProbeSet.of(FencingFile.PROBE) : ProbeSet.of();
        }
        if (known.isEmpty()) {
            return ProbeSet.of(
                            OsRelease.PROBE,
                            PackageProbes.MANAGER,
                            AgentPackages.installed(this),
                            DrbdDevices.PROBE,
                            Ocfs2Probes.STATE,
                            FencingFile.CLUSTER_CONF,
                            FencingFile.PROBE)
                    .and(agentsOn(node.name()).stream().map(FenceAgent::probe).toList());
        }
        NodeFacts facts = known.node(node.name());
        List<Probe<?>> probes = new ArrayList<>();
        List<String> missing = AgentPackages.missing(this, facts);
        if (!missing.isEmpty() && facts.get(PackageProbes.MANAGER) == PackageProbes.Manager.APT) {
            probes.add(PackageProbes.known(missing));
        }
        int limit = FencingTimes.of(known).limit();
        for (DeviceSpec device : devicesOn(node.name())) {
            FenceAgent agent = facts.get(FenceAgent.probe(device.agent()));
            if (agent.installed()
                    && DeviceCheck.parameters(node.name(), device, agent).isEmpty()) {
                probes.add(DeviceAnswer.probe(device, device.lines(agent), limit));
            }
        }
        return ProbeSet.of(probes).missingIn(facts);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new ClusterConfigureFencingPlan(this, facts).make();
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("configured", facts.get(FencingFile.PROBE).exists());
        Map<String, Object> power = new LinkedHashMap<>();
        for (DeviceSpec device : remove ? List.<DeviceSpec>of() : devicesOn(facts.name())) {
            FenceAgent agent = facts.get(FenceAgent.probe(device.agent()));
            Probe<DeviceAnswer> probe = DeviceAnswer.probe(device, device.lines(agent), FencingTimes.SHORTEST);
            if (facts.has(probe)) {
                power.put(device.node(), facts.get(probe).power());
            }
        }
        report.put("power", power);
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        Set<String> others = devicesOn(facts.name()).stream()
                .map(DeviceSpec::node)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return facts.change(FencingDevices.PROBE, found -> new FencingDevices(others));
    }

    @Override
    public Set<String> secrets() {
        return devices.stream()
                .filter(device -> device.login() != null)
                .map(device -> device.login().password())
                .collect(Collectors.toSet());
    }
}
