package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ocfs2Check: checks an OCFS2 filesystem that no node has mounted with fsck.ocfs2(8), and repairs it if asked to.
 *
 * @param device the path of the device
 * @param repair whether to repair what it finds
 */
public record Ocfs2Check(String device, boolean repair) implements Operation, ChangesResources {
    private static final String FSCK = ShellFile.read(Ocfs2Check.class, "fsck.sh");
    private static final Duration TIMEOUT = Duration.ofHours(24);
    private static final int REPAIRED = 1;

    @Override
    public Map<String, Object> subject() {
        return Map.of("device", device == null ? "" : device);
    }

    @Override
    public void check(List<Node> nodes) {
        DevicePathRules.check("device", device);
    }

    private UnmountedVolume unmounted() {
        return new UnmountedVolume(device, "fsck.ocfs2");
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.node(of.name()) != null ? ProbeSet.of() : unmounted().probes();
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return repair ? DrbdDeviceFacts.resources(node, device) : Set.of();
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Plan.Builder plan = new Plan.Builder().changesNodes(repair);
        NodeFacts node = unmounted().node(facts);
        if (unmounted().checks().noteUnseen(node, plan)) {
            return plan.build();
        }
        Refusals refusals = new Refusals();
        unmounted().checkThere(node, refusals);
        refusals.check();
        unmounted().checkUnused(facts, node, refusals);
        refusals.check();
        String shown = repair ? "repair with fsck.ocfs2 -f " + device : "fsck.ocfs2 -f -n " + device;
        String script = ShellFile.with(FSCK, device, repair ? "repair" : "");
        return plan.stage(
                        repair ? "check and repair the OCFS2 filesystem" : "check the OCFS2 filesystem",
                        List.of(Command.shell(node.name(), shown)
                                .shown(shown, script)
                                .guard(unmounted().checks().guard(node))
                                .timeout(TIMEOUT)
                                .changesOn(REPAIRED)
                                .hint("The filesystem has not been checked to its end; ocfs2Status shows who has it"
                                        + " mounted.")))
                .build();
    }

    @Override
    public Report report(Findings found) {
        Map<String, Object> whole = new LinkedHashMap<>();
        for (String node : found.facts().names()) {
            for (Map<String, Object> command : found.commands(node)) {
                FsckOutput output = FsckOutput.parse(String.valueOf(command.get("stdout")));
                whole.put("clean", output.isClean());
                whole.put("repaired", Integer.valueOf(REPAIRED).equals(command.get("exitCode")));
                whole.put("exitCode", output.exitCode());
                whole.put("meaning", output.meaning());
                whole.put("findings", output.findings());
                whole.put("ignored", output.ignored());
            }
        }
        return Report.ofNodes(found.facts(), this::nodeReport).and(whole);
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        facts.get(Ocfs2Probes.volume(device)).ifPresent(volume -> Ocfs2Facts.describeVolume(volume, report));
        return report;
    }
}
