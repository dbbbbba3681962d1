package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.SharedFilesystemCheck;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdPromote: promotes a node to Primary.
 *
 * @param resource the resource
 * @param node the node's name
 * @param force whether to start the initial synchronisation from this node; allowed only while no node has good data
 * @param overwrite the content of the other nodes' disks that may be lost, in the words of the refusal
 */
public record DrbdPromote(String resource, String node, boolean force, Overwrite overwrite)
        implements ResourceOperation, ChangesResources, Operation.TakesEarlierAnswers {
    /** Promotes a node without overwriting anything. */
    public DrbdPromote(String resource, String node, boolean force) {
        this(resource, node, force, Overwrite.NOTHING);
    }

    @Override
    public Map<String, Object> subject() {
        return subject("node", node);
    }

    @Override
    public void check(List<Node> nodes) {
        ResourceOperation.super.check(nodes);
        ParameterRules.node("node", node, nodes);
    }

    /** The path of its file. */
    String path() {
        return ResourceSpec.path(resource);
    }

    @Override
    public ProbeSet besides(Node of) {
        return ProbeSet.of(SystemProbes.file(path()));
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return ResourceOperation.super.probes(of, nodes, known);
        }
        NodeFacts candidate = known.node(node);
        if (candidate != null && DrbdFacts.isPrimary(candidate, resource)) {
            return ProbeSet.of();
        }
        ProbeSet shared = shared(of, known);
        return force ? BackingDevices.probesOfEmpty(of.name(), known, resource).and(shared.probes()) : shared;
    }

    private ProbeSet shared(Node of, ClusterFacts known) {
        return of.name().equals(node) ? ProbeSet.of() : SharedFilesystemCheck.probes(known.node(of.name()), resource);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_RUNNING;
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new DrbdPromotePlan(this, facts).make();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        ResourceState state = DrbdFacts.state(after.node(node), resource);
        if (state == null || !state.isPrimary()) {
            throw new StepFailure("on " + node + ", '" + resource + "' is "
                    + (state == null ? "down" : state.role()) + " after drbdadm primary, not Primary. Did somebody else"
                    + " demote it? See `dmesg` there.");
        }
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        boolean here = facts.name().equals(node);
        NodeFacts simulated = facts.change(DrbdProbes.STATE, state -> SimulatedDrbd.promoted(state, resource, here));
        return here ? SimulatedDrbd.readable(simulated, resource) : simulated;
    }
}
