package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * clusterExec: runs a user's shell script on all nodes in parallel. It fails if a node is unreachable, or the script exceeds
 * its time limit or exits with another code than 0.
 *
 * @param script POSIX sh
 * @param changed whether the result reports that the nodes were changed; the step cannot know
 * @param returnStatus whether the script may exit with any code, which is then in the result
 * @param timeoutSeconds the time limit
 */
public record ClusterExec(String script, boolean changed, boolean returnStatus, int timeoutSeconds)
        implements Operation {
    /** The default time limit of a script: one hour. */
    public static final int TIMEOUT_SECONDS = 3600;

    private static final int MAX_SECONDS = 7 * 24 * 3600;

    @Override
    public Map<String, Object> subject() {
        return Map.of("script", script == null ? "" : script);
    }

    @Override
    public void check(List<Node> nodes) {
        Check.given("script", script);
        Check.sendable("script", script);
        Check.range("timeoutSeconds", timeoutSeconds, 1, MAX_SECONDS);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return ProbeSet.of();
    }

    @Override
    public Plan plan(ClusterFacts facts) {
        List<Command> commands = facts.names().stream()
                .map(node -> Command.shell(node, script)
                        .timeout(Duration.ofSeconds(timeoutSeconds))
                        .passOn())
                .map(command -> returnStatus ? command.withAnyExitCode() : command)
                .toList();
        return new Plan.Builder()
                .changesNodes(changed)
                .notIdempotent()
                .stage("run the script", commands)
                .build();
    }

    @Override
    public Report report(Findings found) {
        return Report.ofNodes(found.facts(), node -> nodeReport(found.commands(node.name())));
    }

    private static Map<String, Object> nodeReport(List<Map<String, Object>> commands) {
        Map<String, Object> report = new LinkedHashMap<>();
        if (!commands.isEmpty()) {
            Map<String, Object> last = commands.get(commands.size() - 1);
            List.of("exitCode", "stdout", "stderr").forEach(key -> report.put(key, last.get(key)));
        }
        return report;
    }
}
