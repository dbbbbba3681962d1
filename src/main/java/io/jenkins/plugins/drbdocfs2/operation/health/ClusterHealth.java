package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ToleratesSuspendedIo;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterCheck;
import io.jenkins.plugins.drbdocfs2.operation.node.NodeClock;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdStatusProbes;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2StatusProbes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSpace;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.KernelLog;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * clusterHealth: looks at everything, and reports all problems, sorted by what to do first. It changes nothing. Nodes that do
 * not answer are problems.
 *
 * @param resources the DRBD resources to look at, separated by spaces or commas; null for all
 * @param onProblem the word of what a problem does to the build; see {@link Reaction}
 */
public record ClusterHealth(String resources, String onProblem) implements Operation, ToleratesSuspendedIo {
    private static final ClusterCheck CHECK = new ClusterCheck(ClusterCheck.PORTS);

    /** Whether the network was probed; once, even if a node is lost afterwards. */
    private static final Probe<Boolean> NETWORK = new Probe<>("reach once", "true", Probe.Reading::ok);

    private static final ProbeSet FIRST = ProbeSet.of(
                    OsRelease.PROBE,
                    ClusterCheck.TOOLS,
                    NetworkProbes.ADDRESSES,
                    DrbdProbes.MODULE,
                    SuspendedDrbdDevices.PROBE,
                    StorageProbes.LVM,
                    FilesystemSpace.PROBE,
                    KernelLog.PROBE,
                    SystemProbes.file(Fstab.PATH),
                    FstabDevices.PROBE)
            .and(ClusterCheck.MODULES.stream().map(SystemProbes::module).toList())
            .and(DrbdDevices.PROBE)
            .and(DrbdStatusProbes.FIRST.probes())
            .and(Ocfs2StatusProbes.FIRST.probes());

    @Override
    public Map<String, Object> subject() {
        return resources == null ? Map.of() : Map.of("resources", resources);
    }

    @Override
    public void check(List<Node> nodes) {
        named().forEach(name -> DrbdRules.resourceName("resources", name));
        reaction();
    }

    private Set<String> named() {
        return new LinkedHashSet<>(ParameterRules.words(resources));
    }

    private Reaction reaction() {
        return Reaction.parse("onProblem", onProblem);
    }

    private Set<String> resources(ClusterFacts facts) {
        return named().isEmpty() ? DrbdStatusProbes.resources(facts) : named();
    }

    // A node that does not answer is known after the first round, so that the others do not wait for it. The clock is
    // probed
    // alone and last: a short round trip gives a precise answer.
    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return FIRST;
        }
        NodeFacts facts = known.node(node.name());
        ProbeSet more = (facts.has(NETWORK) ? ProbeSet.of() : ProbeSet.of(NETWORK, CHECK.reach(node, nodes(known))))
                .and(Ocfs2StatusProbes.of(Ocfs2StatusProbes.devices(facts)).probes())
                .missingIn(facts)
                .and(DrbdStatusProbes.more(facts, known, resources(known)).probes());
        return more.isEmpty() ? ProbeSet.of(SystemProbes.CLOCK).missingIn(facts) : more;
    }

    private static List<Node> nodes(ClusterFacts facts) {
        return facts.all().stream().map(NodeFacts::node).toList();
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ANY_OR_NONE;
    }

    private List<Problem> problems(ClusterFacts facts) {
        Stream<HealthRule> others = Stream.of(
                new MissingNodesRule(),
                new PrerequisitesRule(CHECK),
                new LvmRule(),
                new KernelLogRule(),
                new SpaceRule(),
                new MountRule(),
                new O2cbRule(),
                new Ocfs2VolumeRule());
        return HealthRule.all(facts, Stream.concat(others, DrbdHealth.rules(resources(facts))));
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        List<Problem> problems = problems(facts);
        if (problems.isEmpty()) {
            return new Plan.Builder().note("healthy: no problem found").build();
        }
        String number = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        if (reaction() == Reaction.FAIL) {
            throw new StepFailure(
                    problems.stream().map(Problem::line).collect(Collectors.joining("\n", number + ":\n", "")));
        }
        Plan.Builder plan = new Plan.Builder();
        problems.forEach(problem -> plan.note(Plan.WARNING + problem.line()));
        if (reaction() == Reaction.UNSTABLE) {
            plan.unstable(number + ", the first: " + problems.get(0).line());
        }
        return plan.build();
    }

    @Override
    public Report report(Findings found) {
        ClusterFacts facts = found.facts();
        return Report.ofNodes(facts, node -> nodeReport(node, resources(facts))).and(Health.report(problems(facts)));
    }

    private static Map<String, Object> nodeReport(NodeFacts node, Set<String> resources) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("kernel", node.get(NodeIdentity.PROBE).kernel());
        NodeClock clock = NodeClock.of(node);
        if (clock != null) {
            report.put("clockOffsetSeconds", clock.middle());
        }
        Map<String, Object> verified = lastVerify(node, resources);
        if (!verified.isEmpty()) {
            report.put("lastVerify", verified);
        }
        return report;
    }

    /** The times of the last online verifies in the kernel log, by resource: of the volume that was verified first. */
    private static Map<String, Object> lastVerify(NodeFacts node, Set<String> resources) {
        Map<String, Object> times = new LinkedHashMap<>();
        double now = node.get(ProbeOutcome.PROBE).beforeSeconds();
        for (String resource : resources) {
            ResourceState state = DrbdFacts.state(node, resource);
            List<Long> ages = state == null
                    ? List.of()
                    : state.volumes().values().stream()
                            .map(DeviceState::minor)
                            .map(node.get(KernelLog.PROBE)::secondsSinceVerify)
                            .collect(Collectors.toList());
            if (!ages.isEmpty() && !ages.contains(null)) {
                long oldest = ages.stream().mapToLong(age -> age).max().orElseThrow();
                times.put(resource, Instant.ofEpochSecond((long) now - oldest).toString());
            }
        }
        return times;
    }
}
