package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers.Managed;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers.Unread;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.ManagerFacts;

/** Checks that a step does not change a resource that LINSTOR, drbd-reactor or Pacemaker manages. */
public final class ManagedElsewhereCheck {
    private ManagedElsewhereCheck() {}

    /**
     * Refuses if it does. A step that finds nothing to change is not refused.
     *
     * @throws RefusedException with the managers by node
     */
    public static void check(Operation operation, ClusterFacts facts) throws RefusedException {
        if (!(operation instanceof ChangesResources changing)) {
            return;
        }
        Refusals refusals = new Refusals();
        for (NodeFacts node : facts.all()) {
            for (String resource : changing.changedResources(node)) {
                ManagerFacts.of(node, resource).forEach(managed -> refusals.add(refusal(node, managed)));
                ManagerFacts.unread(node).forEach(unread -> refusals.add(refusal(node, resource, unread)));
            }
        }
        if (refusals.any() && !hasNothingToDo(operation, facts)) {
            refusals.check();
        }
    }

    private static boolean hasNothingToDo(Operation operation, ClusterFacts facts) {
        try {
            return operation.plan(facts).isEmpty();
        } catch (StepFailure e) {
            return false;
        }
    }

    private static Refusal refusal(NodeFacts node, Managed managed) {
        String resource = managed.resource();
        return Refusal.of(DrbdRefusal.MANAGED_ELSEWHERE)
                .on(node.name())
                .found("'" + resource + "' is managed by " + managed)
                .wouldLose(
                        switch (managed.manager()) {
                            case LINSTOR -> "LINSTOR and the step would act against each other: it writes the file of the"
                                    + " resource again and adjusts the resource to it";
                            case DRBD_REACTOR -> "drbd-reactor and the step would act against each other: it promotes and"
                                    + " stops the resource by itself";
                            default -> managed.manager() + " and the step would act against each other: it takes the"
                                    + " change for a failure, and undoes it or moves the services";
                        })
                .remedy(
                        switch (managed.manager()) {
                            case LINSTOR -> "Change it with `linstor` instead; `linstor resource list -r " + resource
                                    + "` shows it";
                            case DRBD_REACTOR -> "Use `drbd-reactorctl` instead: `status` shows the resource, `evict` moves"
                                    + " it to another node, `disable --now` ends its management";
                            default -> "Use `pcs resource` or `crm resource` instead. To end its management, delete the"
                                    + " primitive with `pcs resource delete` or `crm configure delete`";
                        });
    }

    private static Refusal refusal(NodeFacts node, String resource, Unread unread) {
        return Refusal.of(DrbdRefusal.MANAGED_ELSEWHERE)
                .on(node.name())
                .found("whether " + unread.manager() + " manages '" + resource + "' is not known: " + unread.words())
                .wouldLose("If it does, both would act against each other")
                .remedy("Make it readable, or remove it if the program is no longer in use");
    }
}
