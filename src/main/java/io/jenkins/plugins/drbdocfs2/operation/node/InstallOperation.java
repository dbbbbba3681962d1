package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;

/** The common part of operations that install software. */
interface InstallOperation extends Operation, Operation.TakesEarlierAnswers {
    /** The installed software. */
    PackageInstall installation();

    @Override
    default String step() {
        return installation().packageNames().step();
    }

    @Override
    default void check(List<Node> nodes) {
        installation().check();
    }

    @Override
    default NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    default void confirm(ClusterFacts after) throws StepFailure {
        installation().confirm(after);
    }
}
