package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The facts of one node for a set of probes. Immutable. */
public final class NodeFacts {
    private final Node node;
    private final Map<String, Object> values;
    private final Map<String, String> diagnostics;

    /**
     * @param node the node
     * @param values the facts by the keys of their probes
     */
    public NodeFacts(Node node, Map<String, ?> values) {
        this(node, values, Map.of());
    }

    /** @param diagnostics the standard error of the tools, by the keys of the probes */
    NodeFacts(Node node, Map<String, ?> values, Map<String, String> diagnostics) {
        this.node = node;
        this.values = new LinkedHashMap<>(values);
        this.diagnostics = new LinkedHashMap<>(diagnostics);
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** The node's name. */
    public String name() {
        return node.name();
    }

    /** Whether there are no facts. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Those of these facts that answer one of these probes. */
    public NodeFacts only(Collection<? extends Probe<?>> probes) {
        List<String> keys = probes.stream().map(Probe::key).toList();
        NodeFacts some = new NodeFacts(node, values, diagnostics);
        some.values.keySet().retainAll(keys);
        some.diagnostics.keySet().retainAll(keys);
        return some;
    }

    /** Whether the probe was run. */
    public boolean has(Probe<?> probe) {
        return values.containsKey(probe.key());
    }

    /**
     * The fact of a probe.
     *
     * @throws IllegalStateException if the probe was not run
     */
    @SuppressWarnings("unchecked") // the value was made by the parser of a probe with this key
    public <T> T get(Probe<T> probe) {
        if (!has(probe)) {
            throw new IllegalStateException("Not probed on " + node.name() + ": " + probe.key());
        }
        return (T) values.get(probe.key());
    }

    /**
     * The standard error of a probe's tools, and the exit code of its script unless 0, as the end of a sentence: ": No such
     * file (exit code 5)". Empty if there is neither. Tools that succeeded may also print to standard error.
     */
    public String diagnostics(Probe<?> probe) {
        String words = diagnostics.getOrDefault(probe.key(), "").strip();
        return words.isEmpty() ? "" : ": " + words;
    }

    /** All facts of a type, in the order of the probes. */
    public <T> List<T> all(Class<T> type) {
        return values.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** These facts with another value for a probe, run or not. */
    public <T> NodeFacts with(Probe<T> probe, T value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(probe.key(), value);
        return new NodeFacts(node, changed, diagnostics);
    }

    /** These facts with a changed value, if the probe was run; else these facts. */
    public <T> NodeFacts change(Probe<T> probe, UnaryOperator<T> change) {
        return has(probe) ? with(probe, change.apply(get(probe))) : this;
    }

    /**
     * These facts with a changed value for each probe whose key has a prefix: for a family of probes, such as those of
     * tools.
     *
     * @param change receives the rest of the key and the value, returns the new value
     */
    @SuppressWarnings("unchecked") // probes with the same prefix have facts of one type
    public <T> NodeFacts changeAll(String keyPrefix, BiFunction<String, T, T> change) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.replaceAll((key, value) ->
                key.startsWith(keyPrefix) ? change.apply(key.substring(keyPrefix.length()), (T) value) : value);
        return new NodeFacts(node, changed, diagnostics);
    }

    /** These facts of the same node as another block names it, for example with another replication address. */
    public NodeFacts of(Node other) {
        return new NodeFacts(other, values, diagnostics);
    }

    /** These facts merged with those of later probes, which take precedence. */
    public NodeFacts and(NodeFacts later) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(later.values);
        Map<String, String> words = new LinkedHashMap<>(diagnostics);
        words.putAll(later.diagnostics);
        return new NodeFacts(node, all, words);
    }

    @Override
    public String toString() {
        return node.name() + values.keySet();
    }
}
