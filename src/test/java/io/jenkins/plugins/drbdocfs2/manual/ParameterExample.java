package io.jenkins.plugins.drbdocfs2.manual;

import io.jenkins.plugins.drbdocfs2.runner.engine.Rehearsal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks the example of a parameter: a whole call, or lines such as {@code port: 7790}, each of which replaces the same
 * argument in the example of the component itself.
 */
final class ParameterExample {
    /** The arguments in the first example of each component; none for one without help of its own. */
    private static final Map<String, Map<String, Object>> SHOWN = new ConcurrentHashMap<>();

    /** The arguments in such lines; many steps have the same. */
    private static final Map<String, Map<String, Object>> READ = new ConcurrentHashMap<>();

    private final Component component;
    private final Parameter parameter;
    private final Rehearsal rehearsal = Examples.rehearsal();

    ParameterExample(Component component, Parameter parameter) {
        this.component = component;
        this.parameter = parameter;
    }

    /** Throws if the example is not valid. */
    void check(String example) {
        String text = example.strip();
        if (!text.startsWith(parameter.name() + ":")) {
            rehearsal.make(component.type(), argumentsIn(text));
            return;
        }
        for (String each : text.split("\\n(?=" + parameter.name() + ":)")) {
            tryOut(READ.computeIfAbsent(each, rehearsal::arguments));
        }
    }

    /** Throws if the component requires the parameter. */
    void checkWithout() {
        Map<String, Object> arguments = new LinkedHashMap<>(shown());
        arguments.remove(parameter.name());
        rehearsal.make(component.type(), arguments);
    }

    // Some parameters replace others, so they are also tried with the mandatory ones alone.
    private void tryOut(Map<String, Object> given) {
        RuntimeException first = null;
        for (Map<String, Object> others : surroundings()) {
            Map<String, Object> arguments = new LinkedHashMap<>(others);
            arguments.putAll(given);
            try {
                rehearsal.make(component.type(), arguments);
                return;
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private List<Map<String, Object>> surroundings() {
        Map<String, Object> shown = shown();
        Map<String, Object> mandatory = new LinkedHashMap<>(shown);
        mandatory
                .keySet()
                .removeIf(name -> !component.help(component.parameter(name)).saysMandatory());
        return List.of(shown, mandatory);
    }

    private Map<String, Object> shown() {
        return SHOWN.computeIfAbsent(
                component.name(),
                name -> component.help() == null
                        ? Map.of()
                        : argumentsIn(component.help().examples().get(0)));
    }

    /** The arguments of the first call of the component in a script. */
    private Map<String, Object> argumentsIn(String script) {
        rehearsal.run(script);
        return rehearsal.calls().stream()
                .filter(call -> call.name().equals(component.name()))
                .map(Rehearsal.Call::arguments)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no call of " + component.name()));
    }
}
