package io.jenkins.plugins.drbdocfs2.manual;

import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** All steps and symbols of the plugin, found through the extensions like in Jenkins. */
final class Components {
    private static final String PLUGIN = "io.jenkins.plugins.drbdocfs2.";

    private Components() {}

    /** All steps in the order of their use, each followed by the components of its parameters. */
    static List<Component> all() {
        Map<String, Component> all = new LinkedHashMap<>();
        steps().forEach(step -> {
            all.put(step.name(), step);
            parts(step).forEach(part -> all.put(part.name(), part));
        });
        return List.copyOf(all.values());
    }

    private static final List<Component> STEPS = findSteps();

    /** All steps, by name. */
    static List<Component> steps() {
        return STEPS;
    }

    private static List<Component> findSteps() {
        return own().filter(StepDescriptor.class::isInstance)
                .map(Component::of)
                .sorted(Comparator.comparing(Component::name))
                .toList();
    }

    /** The components in the parameters of a component, in their order. */
    static List<Component> parts(Component component) {
        List<Component> parts = new ArrayList<>();
        for (Parameter parameter : component.parameters()) {
            Class<?> taken = parameter.type() instanceof ParameterizedType list
                    ? (Class<?>) list.getActualTypeArguments()[0]
                    : (Class<?>) parameter.type();
            if (Describable.class.isAssignableFrom(taken) && !Step.class.isAssignableFrom(taken)) {
                parts.addAll(kinds(taken));
            }
        }
        return parts;
    }

    /** The components of a class and its subclasses. */
    static List<Component> kinds(Class<?> type) {
        return own().filter(descriptor -> type.isAssignableFrom(descriptor.clazz))
                .map(Component::of)
                .sorted(Comparator.comparing(Component::name))
                .toList();
    }

    /** The component of a class. */
    static Component of(Class<?> type) {
        return own().filter(descriptor -> descriptor.clazz == type)
                .map(Component::of)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No extension is a descriptor of " + type));
    }

    /** The name, in words, of a parameter type with several kinds. */
    static String choices(Class<?> type) {
        return kinds(type).stream()
                .map(component -> "`" + component.name() + "`")
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    private static Stream<Descriptor<?>> own() {
        return ExtensionList.lookup(Descriptor.class).stream()
                .<Descriptor<?>>map(descriptor -> descriptor)
                .filter(descriptor -> descriptor.getClass().getName().startsWith(PLUGIN + "steps.")
                        || descriptor.getClass().getName().startsWith(PLUGIN + "jenkins."));
    }
}
