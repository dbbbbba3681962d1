package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;

/** An operation that installs software: what these check alike. */
interface Installing extends Operation {
    /** What is installed. */
    Installation installation();

    @Override
    default String step() {
        return installation().software().step();
    }

    @Override
    default void check(List<Node> nodes) {
        installation().check();
    }

    @Override
    default void confirm(ClusterFacts after) throws StepFailure {
        installation().confirm(after);
    }
}
