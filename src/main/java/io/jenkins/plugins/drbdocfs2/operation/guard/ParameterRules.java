package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Common checks of parameters. */
public final class ParameterRules {
    private ParameterRules() {}

    /**
     * Checks that a parameter names one of the nodes.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if not
     */
    public static void node(String parameter, String name, List<Node> nodes) {
        Check.given(parameter, name);
        Check.oneOf(parameter, name, nodes.stream().map(Node::name).collect(Collectors.toList()));
    }

    /** The words of a list separated by spaces, commas or line ends; none for null. */
    public static List<String> words(String text) {
        if (text == null) {
            return List.of();
        }
        return List.copyOf(new LinkedHashSet<>(Arrays.stream(text.split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList()));
    }
}
