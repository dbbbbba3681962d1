package io.jenkins.plugins.drbdocfs2.runner.declarative;

import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import groovy.lang.GroovyObjectSupport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The content of a section of a declarative pipeline; the delegate of its closure. */
public final class Section extends GroovyObjectSupport {
    /** The allowed words of each section; other sections allow any word. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "pipeline", Set.of("agent", "options", "parameters", "environment", "stages", "post"),
            "stages", Set.of("stage"),
            "parallel", Set.of("stage"),
            "stage",
                    Set.of(
                            "agent",
                            "options",
                            "environment",
                            "when",
                            "steps",
                            "stages",
                            "parallel",
                            "failFast",
                            "post"),
            "agent", Set.of("label", "node"),
            "environment", Set.of(),
            "when",
                    Set.of(
                            "expression",
                            "environment",
                            "equals",
                            "not",
                            "allOf",
                            "anyOf",
                            "beforeAgent",
                            "beforeOptions",
                            "beforeInput"),
            "post", Set.copyOf(DeclarativeSupport.POST_CONDITIONS));

    private final String kind;
    private final GroovyObject script;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Object> assigned = new LinkedHashMap<>();

    Section(String kind, GroovyObject script) {
        this.kind = kind;
        this.script = script;
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Set<String> allowed = ALLOWED.get(kind);
        if (allowed != null && !allowed.contains(name)) {
            throw new IllegalArgumentException("Unknown \"" + name + "\" in the section \"" + kind + "\""
                    + (allowed.isEmpty()
                            ? ""
                            : "; the runner knows "
                                    + String.join(
                                            ", ", allowed.stream().sorted().toList())));
        }
        entries.add(new Entry(kind, name, Arrays.asList((Object[]) arguments)));
        return name;
    }

    @Override
    public Object getProperty(String name) {
        if (kind.equals("pipeline") || kind.equals("stage")) {
            if (name.equals("any") || name.equals("none")) {
                return name;
            }
        }
        return assigned.containsKey(name) ? assigned.get(name) : script.getProperty(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        if (!kind.equals("environment")) {
            throw new IllegalArgumentException("Cannot set " + name + " in the section \"" + kind + "\"");
        }
        assigned.put(name, String.valueOf(value));
    }

    /** The entries, in order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The variables that it sets, as {@code NAME=value}. */
    public List<String> assignments() {
        return assigned.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
    }

    /** Whether it has an entry with this name. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** Throws if it has no entry with this name. */
    public void require(String name) {
        get(name);
    }

    /** The only one of three names with an entry. */
    public String only(String first, String second, String third, String stage) {
        List<String> found =
                List.of(first, second, third).stream().filter(this::has).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"" + stage + "\"");
        }
        return found.get(0);
    }

    /** The only argument of the entry with this name. */
    public Object argument(String name) {
        return get(name).argument();
    }

    /** The block of the entry with this name. */
    public Closure<?> closure(String name) {
        return get(name).closure();
    }

    private Entry get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("Missing required section \"" + name + "\""));
    }

    private Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
