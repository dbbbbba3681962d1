package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import io.jenkins.plugins.drbdocfs2.result.StepResult;

/** Prints a plan without executing it. */
final class DryRunPrinter {
    private final StepResult result;
    private final Log log;
    private final DiffLog diffs;

    DryRunPrinter(StepResult result, Log log) {
        this.result = result;
        this.log = log;
        this.diffs = new DiffLog(result, log);
    }

    void print(Plan plan) {
        for (Plan.Stage stage : plan.stages()) {
            log.line("  would " + stage.title() + ":");
            for (Change change : stage.changes()) {
                NodeResult node = result.node(change.node());
                log.line("    " + change.node() + ": " + NodeChanges.firstLine(node.planned(change.summary())));
                if (plan.changesNode(change)) {
                    node.changed();
                }
                if (change instanceof PutFile file) {
                    diffs.print(file);
                }
            }
        }
    }
}
