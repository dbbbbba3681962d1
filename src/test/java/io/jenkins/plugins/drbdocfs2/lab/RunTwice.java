package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs steps twice in a row. The second run must change nothing, send only read-only scripts, and look at little. */
final class RunTwice {
    /**
     * Steps that run commands each time: drbdVerify compares, ocfs2VerifySharing writes, reads and deletes files, and
     * clusterExec runs a script. Only the script may change something.
     */
    private static final Set<String> ALWAYS_RUN_COMMANDS = Set.of("drbdVerify", "ocfs2VerifySharing", "clusterExec");

    /** Separates two steps, so that the second one asks the nodes, not what the first one saw. */
    private static final String PAUSE = "\nsleep(time: 1, unit: 'MILLISECONDS')\n";

    private RunTwice() {}

    /**
     * Runs each step twice in a row on nodes 1 to this number. The build has two results per step.
     *
     * @param once steps to run once, before the others
     */
    static LabBuild run(Lab lab, SentScripts sentScripts, int nodes, List<String> once, List<String> steps) {
        for (int node = 1; node <= nodes; node++) {
            sentScripts.commands(node);
        }
        List<String> doubled = new ArrayList<>(once);
        steps.forEach(step -> doubled.addAll(List.of(step, step)));
        LabBuild build = LabBuild.run(lab, nodes, String.join(PAUSE, doubled)).succeeds();
        List<JsonObject> results = build.results();
        assertThat(results).hasSize(doubled.size());
        for (int i = once.size() + 1; i < results.size(); i += 2) {
            checkSecond(results.get(i));
        }
        for (int node = 1; node <= nodes; node++) {
            // nothing was sent that the results do not report
            assertThat(sentScripts.commands(node))
                    .as("what was sent to sv%s besides read-only scripts", node)
                    .hasSize(reportedCommands(results, "sv" + node));
        }
        return build;
    }

    private static void checkSecond(JsonObject result) {
        String step = result.getString("step");
        assertThat(result.getBoolean("changed") && !step.equals("clusterExec"))
                .as(result.toString())
                .isFalse();
        LookLimits.check(result);
        if (!ALWAYS_RUN_COMMANDS.contains(step)) {
            assertThat(result.getObject("nodes").values()).as(result.toString()).allSatisfy(node -> assertThat(
                            ((JsonObject) node).getArray("commands"))
                    .isEmpty());
        }
    }

    private static int reportedCommands(List<JsonObject> results, String node) {
        return results.stream()
                .map(result -> result.getObject("nodes").getObject(node))
                .mapToInt(of -> of == null ? 0 : of.getArray("commands").size())
                .sum();
    }
}
