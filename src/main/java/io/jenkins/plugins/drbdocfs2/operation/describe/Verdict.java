package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step would do on the nodes.
 *
 * @param finding whether it finds nothing to change, would change something, or fails
 * @param remarks the changes or the reasons, and otherwise what it would warn of
 */
record Verdict(Finding finding, List<Remark> remarks) {
    /** What a step finds. */
    enum Finding {
        /** Nothing to change. */
        UNCHANGED(""),
        /** Something to change. */
        CHANGES("This step would change:"),
        /** It refuses, or cannot be called so. */
        REFUSED("This step would be refused:");

        private final String words;

        Finding(String words) {
            this.words = words;
        }

        /** The beginning of a comment. */
        String words() {
            return words;
        }
    }

    Verdict {
        remarks = List.copyOf(remarks);
    }

    static Verdict of(String step, Operation operation, ClusterFacts facts) {
        List<Remark> remarks = new ArrayList<>();
        try {
            operation.check(facts.all().stream().map(NodeFacts::node).toList());
            Plan plan = operation.plan(facts);
            List<Change> changes =
                    plan.changes().stream().filter(plan::changesNode).toList();
            changes.forEach(change -> remarks.add(new Remark(change.node(), step, change.summary())));
            plan.notes().forEach(note -> remarks.add(new Remark(null, step, note)));
            return new Verdict(changes.isEmpty() ? Finding.UNCHANGED : Finding.CHANGES, remarks);
        } catch (RefusedException e) {
            e.refusals()
                    .forEach(refusal -> remarks.add(
                            new Remark(refusal.node(), step, refusal.on(null).text())));
        } catch (StepFailure | InvalidParameterException e) {
            remarks.add(new Remark(null, step, e.getMessage()));
        }
        return new Verdict(Finding.REFUSED, remarks);
    }
}
