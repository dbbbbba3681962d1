package io.jenkins.plugins.drbdocfs2.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state after a failure or an abort of a plan.
 *
 * @param plan the plan
 * @param stage the number of the stage that did not finish
 * @param ended the nodes on which this stage finished
 */
record PartialProgress(Plan plan, int stage, Set<String> ended) {
    /**
     * One or more sentences for the log, without the last full stop.
     *
     * @param undone the undone changes in words; empty for none
     */
    String words(String undone) {
        List<String> titles = plan.stages().stream().map(Plan.Stage::title).toList();
        Plan.Stage broken = plan.stages().get(stage);
        List<String> open = broken.byNode().keySet().stream()
                .filter(node -> !ended.contains(node))
                .toList();
        StringBuilder text = new StringBuilder("current state: ");
        if (stage > 0) {
            text.append("done: ").append(quoted(titles.subList(0, stage))).append("; ");
        }
        text.append("not finished: ").append(quoted(List.of(broken.title())));
        if (!open.isEmpty()) {
            text.append(" on ").append(String.join(", ", open));
        }
        if (stage + 1 < titles.size()) {
            text.append("; not started: ").append(quoted(titles.subList(stage + 1, titles.size())));
        }
        return text + ". " + (undone.isEmpty() ? "Nothing was undone" : "Undone: " + undone)
                + (plan.idempotent() ? ". Run the step again: it continues from there" : "");
    }

    private static String quoted(List<String> titles) {
        return titles.stream().map(title -> "\"" + title + "\"").collect(Collectors.joining(", "));
    }
}
