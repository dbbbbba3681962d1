package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.TransientState;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdDemote: demotes a node to Secondary. It does not unmount anything or end processes.
 *
 * @param resource the resource
 * @param node the node's name
 */
public record DrbdDemote(String resource, String node) implements ResourceOperation, ChangesResources {
    private static final String HELD_OPEN =
            "Something started to use the device after the check, or the kernel itself holds it open, for example for "
                    + "an iSCSI target. Nothing was changed.";

    @Override
    public Map<String, Object> subject() {
        return subject("node", node);
    }

    @Override
    public void check(List<Node> nodes) {
        ResourceOperation.super.check(nodes);
        ParameterRules.node("node", node, nodes);
    }

    @Override
    public ProbeSet besides(Node of) {
        return of.name().equals(node) ? ResourceUse.probes() : ProbeSet.of();
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        NodeFacts primary = facts.node(node);
        ResourceState state = DrbdFacts.state(primary, resource);
        if (state == null) {
            return new Plan.Builder()
                    .note(node + ": '" + resource + "' is not up there, so it is not Primary either")
                    .build();
        }
        if (!state.isPrimary()) {
            return Plan.nothing();
        }
        ResourceUse use = ResourceUse.of(primary, resource);
        if (!use.isFree()) {
            refusals.add(Refusal.of(DrbdRefusal.IN_USE)
                    .on(node)
                    .found("'" + resource + "' is in use and cannot become Secondary: it is " + use.words())
                    .remedy(use.remedy()));
        }
        refusals.check();
        return new Plan.Builder()
                .stage("make " + node + " Secondary", List.of(demote(node, resource, HELD_OPEN)))
                .build();
    }

    /** The command that makes a node Secondary. */
    static Command demote(String node, String resource, String hint) {
        return TransientState.retried(Command.of(node, "drbdadm", "secondary", resource))
                .hint(hint);
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        if (DrbdFacts.isPrimary(after.node(node), resource)) {
            throw new StepFailure("on " + node + ", '" + resource + "' is Primary again after drbdadm secondary. Did"
                    + " somebody else promote it, or on DRBD 9 something open the device (auto-promote)?");
        }
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return facts.change(
                DrbdProbes.STATE,
                state -> SimulatedDrbd.demoted(state, resource, facts.name().equals(node)));
    }
}
