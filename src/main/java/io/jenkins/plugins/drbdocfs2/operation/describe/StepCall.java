package io.jenkins.plugins.drbdocfs2.operation.describe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call of a step in a Jenkinsfile.
 *
 * @param step the name of the step
 * @param arguments the values by the names of the parameters: texts, numbers, booleans, {@link Lines}, or lists of maps of
 *     these
 */
record StepCall(String step, Map<String, Object> arguments) {
    StepCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** A text of several lines in which indentation does not matter. */
    record Lines(String text) {}

    /** A call without arguments. */
    static StepCall of(String step) {
        return new StepCall(step, Map.of());
    }

    /** The same with one more argument, unless its value is null. */
    StepCall with(String parameter, Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(arguments);
        more.put(parameter, value);
        return new StepCall(step, more);
    }

    /** The call on one line of a Jenkinsfile. */
    String onOneLine() {
        return arguments.entrySet().stream()
                .map(argument -> argument.getKey() + ": " + GroovyText.of(argument.getValue()))
                .collect(Collectors.joining(", ", step + "(", ")"));
    }

    /** The same with the parameter nodes, unless the step is for all nodes. */
    StepCall on(List<String> nodes, int all) {
        return nodes.size() == all ? this : with("nodes", String.join(" ", nodes));
    }
}
