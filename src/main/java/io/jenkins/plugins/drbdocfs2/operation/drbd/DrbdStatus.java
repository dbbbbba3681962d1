package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDiskCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.SuspendedIoCheck;
import io.jenkins.plugins.drbdocfs2.operation.health.DrbdHealth;
import io.jenkins.plugins.drbdocfs2.operation.health.Health;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdStatusProbes;
import io.jenkins.plugins.drbdocfs2.operation.view.ManagerFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.SplitBrainReport;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdStatus: shows the DRBD status of the nodes, and changes nothing. Values that a node does not report are unknown and do
 * not fail the step.
 *
 * @param resource the resource; null for all that are configured or up
 */
public record DrbdStatus(String resource) implements Operation {
    @Override
    public Map<String, Object> subject() {
        return resource == null ? Map.of() : Map.of("resource", resource);
    }

    @Override
    public void check(List<Node> nodes) {
        if (resource != null) {
            DrbdRules.resourceName("resource", resource);
        }
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return DrbdStatusProbes.FIRST.and(resource == null ? DrbdDevices.PROBE : DrbdProbes.listed(resource));
        }
        return DrbdStatusProbes.more(known.node(node.name()), known, resources(known));
    }

    /** The named resource, or all resources of any node. */
    private Set<String> resources(ClusterFacts facts) {
        return resource == null ? DrbdStatusProbes.resources(facts) : Set.of(resource);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ANY;
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Plan.Builder plan = new Plan.Builder();
        boolean allKnown = true;
        for (NodeFacts node : facts.all()) {
            Refusals unknown = new Refusals();
            ResourceCheck.checkAnswer(node, unknown);
            checkConfiguration(node, unknown);
            allKnown &= !unknown.any();
            unknown.all().forEach(reason -> plan.note(Plan.WARNING + reason.text()));
            noteSuspended(node, plan);
            noteDisks(node, plan);
            noteManagers(node, facts, plan);
        }
        if (resource != null && allKnown) {
            Refusals refusals = new Refusals();
            ResourceCheck.checkKnown(facts, resource, refusals);
            if (facts.missing().isEmpty()) {
                refusals.check();
            }
            refusals.all().forEach(reason -> plan.note(Plan.WARNING + reason.text()));
        }
        return plan.build();
    }

    private void checkConfiguration(NodeFacts node, Refusals unknown) {
        if (unknown.any()) {
            return;
        }
        if (resource != null) {
            ResourceCheck.checkConfiguration(node, resource, unknown);
        } else if (!node.get(DrbdDevices.PROBE).known()) {
            String error = node.get(DrbdDevices.PROBE).error();
            unknown.add(Refusal.of(DrbdConfigurationRefusal.CONFIGURATION_UNKNOWN)
                    .on(node.name())
                    .found("which resources are configured there is not known: `drbdadm dump` fails: " + error)
                    .wouldLose("Those that are down are missing here")
                    .remedy(ResourceCheck.remedy(error)));
        }
    }

    private void noteDisks(NodeFacts node, Plan.Builder plan) {
        Refusals disks = new Refusals();
        DrbdFacts.running(node).keySet().stream()
                .filter(name -> resource == null || resource.equals(name))
                .forEach(name -> BackingDiskCheck.check(node, name, disks));
        disks.all().forEach(reason -> plan.note(Plan.WARNING + reason.text()));
    }

    private void noteManagers(NodeFacts node, ClusterFacts facts, Plan.Builder plan) {
        ManagerFacts.unread(node)
                .forEach(unread -> plan.note(Plan.WARNING + node.name() + ": whether " + unread.manager()
                        + " manages resources is not known: " + unread.words()));
        for (String name : resources(facts)) {
            ManagerFacts.of(node, name)
                    .forEach(managed -> plan.note(node.name() + ": '" + name + "' is managed by " + managed
                            + "; steps that change it refuse"));
        }
    }

    private void noteSuspended(NodeFacts node, Plan.Builder plan) {
        for (ResourceState state : DrbdFacts.running(node).values()) {
            if (state.suspended() && (resource == null || resource.equals(state.name()))) {
                plan.note(Plan.WARNING + node.name() + ": I/O of '" + state.name() + "' is suspended, so all reads "
                        + "and writes there hang. " + SuspendedIoCheck.remedy(state));
            }
        }
    }

    @Override
    public Report report(Findings found) {
        Map<String, Object> whole = Health.report(DrbdHealth.problems(found.facts(), resources(found.facts())));
        whole.putAll(splitBrains(found.facts()));
        return Report.ofNodes(found.facts(), node -> nodeReport(node, found.facts()))
                .and(whole);
    }

    private Map<String, Object> nodeReport(NodeFacts facts, ClusterFacts all) {
        Map<String, Object> report = new LinkedHashMap<>();
        facts.get(DrbdProbes.VERSION).ifPresent(version -> {
            report.put("drbdUtils", version.utils());
            report.put("drbdModule", module(version));
        });
        if (resource != null) {
            report.putAll(new DrbdStatusReport(facts, resource).toMap());
            return report;
        }
        report.put("stateKnown", facts.get(DrbdProbes.STATE).isPresent());
        report.put("configurationKnown", facts.get(DrbdDevices.PROBE).known());
        Map<String, Object> resources = new LinkedHashMap<>();
        for (String name : resources(all)) {
            DrbdStatusReport one = new DrbdStatusReport(facts, name);
            if (one.isThere()) {
                resources.put(name, one.toMap());
            }
        }
        report.put("resources", resources);
        return report;
    }

    private Map<String, Object> splitBrains(ClusterFacts facts) {
        if (resource != null) {
            return new SplitBrainReport(resource, facts).toMap();
        }
        Map<String, Object> resources = new LinkedHashMap<>();
        resources(facts).forEach(name -> resources.put(name, new SplitBrainReport(name, facts).toMap()));
        return Map.of("resources", resources);
    }

    private static String module(DrbdVersion version) {
        return version.moduleLoaded() ? version.kernel() : "not loaded";
    }
}
