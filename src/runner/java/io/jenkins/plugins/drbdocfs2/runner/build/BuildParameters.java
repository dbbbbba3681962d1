package io.jenkins.plugins.drbdocfs2.runner.build;

import hudson.AbortException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a build: the given ones, and the defaults of those that the Jenkinsfile declares. */
public final class BuildParameters {
    private final Map<String, String> given;
    private final Map<String, Object> values = Collections.synchronizedMap(new LinkedHashMap<>());

    /** @param given the given values by name */
    public BuildParameters(Map<String, String> given) {
        this.given = Map.copyOf(given);
        values.putAll(given);
    }

    /** The value of {@code params}. */
    public Map<String, Object> values() {
        synchronized (values) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** Declares a text parameter. */
    public void declareText(String name, String defaultValue) {
        values.put(name, given.getOrDefault(name, defaultValue == null ? "" : defaultValue));
    }

    /** Declares a boolean parameter. */
    public void declareBoolean(String name, boolean defaultValue) {
        String text = given.get(name);
        values.put(name, text == null ? defaultValue : Boolean.parseBoolean(text));
    }

    /**
     * Declares a choice parameter; its default is the first choice.
     *
     * @throws AbortException if the given value is not one of the choices
     */
    public void declareChoice(String name, List<String> choices) throws AbortException {
        if (choices.isEmpty()) {
            throw new AbortException("The parameter " + name + " has no choices.");
        }
        String value = given.getOrDefault(name, choices.get(0));
        if (!choices.contains(value)) {
            throw new AbortException("Illegal choice for parameter " + name + ": " + value + ". Choices are: "
                    + String.join(", ", choices));
        }
        values.put(name, value);
    }
}
