package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Steps run twice in a row: the second time nothing is to be changed, and nothing sent to the nodes but the look. */
final class RunTwice {
    /**
     * To do it is what these are for, each time: drbdVerify compares, ocfs2VerifySharing writes, reads, and takes away what
     * it wrote, clusterExec runs a script that nobody but its author knows. They leave nothing changed but the script does.
     */
    private static final Set<String> ACTS = Set.of("drbdVerify", "ocfs2VerifySharing", "clusterExec");

    private RunTwice() {}

    /**
     * Runs each step twice in a row on nodes 1 to this number. The results of the build tell of each twice.
     *
     * @param once steps to run before, once
     */
    static LabBuild run(Lab lab, SentScripts sentScripts, int nodes, List<String> once, List<String> steps) {
        for (int node = 1; node <= nodes; node++) {
            sentScripts.commands(node);
        }
        List<String> doubled = new ArrayList<>(once);
        steps.forEach(step -> doubled.addAll(List.of(step, step)));
        LabBuild build = LabBuild.run(lab, nodes, String.join("\n", doubled)).succeeds();
        List<JsonObject> results = build.results();
        assertThat(results).hasSize(doubled.size());
        for (int i = once.size() + 1; i < results.size(); i += 2) {
            checkSecond(results.get(i));
        }
        for (int node = 1; node <= nodes; node++) {
            // what the results do not report of has not been sent either
            assertThat(sentScripts.commands(node))
                    .as("what was sent to sv%s besides looks", node)
                    .hasSize(told(results, "sv" + node));
        }
        return build;
    }

    private static void checkSecond(JsonObject result) {
        String step = result.getString("step");
        assertThat(result.getBoolean("changed") && !step.equals("clusterExec"))
                .as(result.toString())
                .isFalse();
        if (!ACTS.contains(step)) {
            assertThat(result.getObject("nodes").values()).as(result.toString()).allSatisfy(node -> assertThat(
                            ((JsonObject) node).getArray("commands"))
                    .isEmpty());
        }
    }

    private static int told(List<JsonObject> results, String node) {
        return results.stream()
                .map(result -> result.getObject("nodes").getObject(node))
                .mapToInt(of -> of == null ? 0 : of.getArray("commands").size())
                .sum();
    }
}
