package io.jenkins.plugins.drbdocfs2.steps;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;

/** Checks a parameter with the checks of its step, on two example nodes, because a form has no cluster. */
final class ParameterCheck {
    private static final List<Node> NODES =
            List.of(new Node("sv1", "192.0.2.1", 22, "192.0.2.1"), new Node("sv2", "192.0.2.2", 22, "192.0.2.2"));

    private ParameterCheck() {}

    /**
     * Checks an operation's parameters.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if one is not valid, whatever the nodes
     */
    static void of(Operation operation) {
        operation.check(NODES);
    }
}
