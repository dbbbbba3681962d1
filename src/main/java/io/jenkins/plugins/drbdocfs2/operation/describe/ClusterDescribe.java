package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.LvmRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdStatusProbes;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2StatusProbes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * clusterDescribe: reads a cluster that somebody built by hand, and writes the Jenkinsfile that finds nothing to change on
 * it. Each step in it was planned on the facts of the nodes; those that would change something become comments. It changes
 * nothing itself.
 *
 * @param resources the DRBD resources to describe, separated by spaces or commas; null for all
 * @param block the surrounding block
 */
public record ClusterDescribe(String resources, SurroundingBlock block) implements Operation {
    private static final Probe<Set<String>> LVM_TOOLS = SystemProbes.tools("vgs");

    private static final ProbeSet FIRST = ProbeSet.of(
                    LVM_TOOLS,
                    SuspendedDrbdDevices.PROBE,
                    StorageProbes.LVM,
                    SystemProbes.file(Fstab.PATH),
                    FstabDevices.PROBE,
                    Ocfs2Probes.DEFAULTS_PATH,
                    O2cbArea.PANIC)
            .and(DrbdStatusProbes.FIRST.probes())
            .and(Ocfs2StatusProbes.FIRST.probes());

    @Override
    public Map<String, Object> subject() {
        return resources == null ? Map.of() : Map.of("resources", resources);
    }

    @Override
    public void check(List<Node> nodes) {
        named().forEach(name -> DrbdRules.resourceName("resources", name));
    }

    private Set<String> named() {
        return new LinkedHashSet<>(ParameterRules.words(resources));
    }

    private Set<String> resources(ClusterFacts facts) {
        return named().isEmpty() ? DrbdStatusProbes.resources(facts) : named();
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return FIRST;
        }
        NodeFacts facts = known.node(node.name());
        if (unread(known).any()) {
            return ProbeSet.of();
        }
        ProbeSet second = second(facts, known);
        boolean all =
                known.all().stream().allMatch(other -> second(other, known).isEmpty());
        return all ? new Description(known, resources(known)).probes(node) : second;
    }

    private ProbeSet second(NodeFacts node, ClusterFacts known) {
        List<Probe<?>> probes = new ArrayList<>();
        probes.add(SystemProbes.file(node.get(Ocfs2Probes.DEFAULTS_PATH)));
        for (String name : resources(known)) {
            probes.add(DrbdProbes.adjusted(name));
            probes.add(SystemProbes.file(ResourceSpec.path(name)));
            probes.add(RunningOptions.probe(name));
        }
        for (String device : Description.devices(known, resources(known))) {
            probes.add(BlockDevice.probe(device));
            probes.add(Ocfs2Probes.volume(device));
        }
        return ProbeSet.of(probes).missingIn(node);
    }

    /** What is not there, or could not be read, so that a description would lack it. */
    private Refusals unread(ClusterFacts facts) {
        Refusals refusals = new Refusals();
        named().stream()
                .filter(name -> !DrbdStatusProbes.resources(facts).contains(name))
                .forEach(name -> refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_RESOURCE)
                        .found("there is no resource '" + name + "' on " + String.join(", ", facts.names()))
                        .remedy("Correct the name, or omit resources to describe all")));
        for (NodeFacts node : facts.all()) {
            ResourceCheck.checkState(node, refusals);
            DrbdDevices devices = node.get(DrbdDevices.PROBE);
            if (!devices.known()) {
                refusals.add(Refusal.of(DrbdConfigurationRefusal.CONFIGURATION_UNKNOWN)
                        .on(node.name())
                        .found("`drbdadm dump` fails, so its DRBD resources are not known: " + devices.error())
                        .remedy(ResourceCheck.remedy(devices.error())));
            }
            if (!node.get(LVM_TOOLS).isEmpty() && !node.get(StorageProbes.LVM).known()) {
                refusals.add(Refusal.of(LvmRefusal.STATE_UNKNOWN)
                        .on(node.name())
                        .found("`vgs`, `lvs` and `pvs` do not report there what LVM has"
                                + node.diagnostics(StorageProbes.LVM))
                        .remedy("See on the node why they fail"));
            }
            Ocfs2Facts.unreadableConf(node)
                    .ifPresent(why -> refusals.add(Refusal.of(O2cbRefusal.CONFIGURATION_UNREADABLE)
                            .on(node.name())
                            .found(why)
                            .remedy("Correct the file until `o2cb list-clusters` reads it, or move it away")));
        }
        return refusals;
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        unread(facts).check();
        return new Plan.Builder()
                .print(new Description(facts, resources(facts)).jenkinsfile(block))
                .build();
    }

    @Override
    public Report report(Findings found) {
        ClusterFacts facts = found.facts();
        Map<String, Object> report = new LinkedHashMap<>();
        if (!unread(facts).any()) {
            Description description = new Description(facts, resources(facts));
            report.put("jenkinsfile", description.jenkinsfile(block));
            report.put(
                    "remarks",
                    description.remarks().stream().map(Remark::report).toList());
        }
        return Report.ofNodes(facts, node -> Map.of()).and(report);
    }
}
