package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What one node said to an inquiry: a fact for each probe. Immutable. */
public final class NodeFacts {
    private final Node node;
    private final Map<String, Object> values;

    /**
     * @param node the node
     * @param values the facts by the keys of their probes
     */
    public NodeFacts(Node node, Map<String, ?> values) {
        this.node = node;
        this.values = new LinkedHashMap<>(values);
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** The node's name. */
    public String name() {
        return node.name();
    }

    /** Whether the probe was asked. */
    public boolean has(Probe<?> probe) {
        return values.containsKey(probe.key());
    }

    /**
     * The fact that a probe brought.
     *
     * @throws IllegalStateException if the probe was not asked
     */
    @SuppressWarnings("unchecked") // the value was made by the parser of a probe with this key
    public <T> T get(Probe<T> probe) {
        if (!has(probe)) {
            throw new IllegalStateException("Not asked on " + node.name() + ": " + probe.key());
        }
        return (T) values.get(probe.key());
    }

    /** All facts of a type, in the order in which they were asked for. */
    public <T> List<T> all(Class<T> type) {
        return values.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** These facts with another value for a probe, asked or not. */
    public <T> NodeFacts with(Probe<T> probe, T value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(probe.key(), value);
        return new NodeFacts(node, changed);
    }

    /** These facts with a value changed, where the probe was asked; else these facts. */
    public <T> NodeFacts change(Probe<T> probe, UnaryOperator<T> change) {
        return has(probe) ? with(probe, change.apply(get(probe))) : this;
    }

    /**
     * These facts with each value changed whose probe was asked and has a key that begins so: for a family of probes that
     * differ by what they ask for, such as the tools.
     *
     * @param change takes the rest of the key and the value, gives the new value
     */
    @SuppressWarnings("unchecked") // probes whose keys begin alike bring facts of one type
    public <T> NodeFacts changeAll(String keyPrefix, BiFunction<String, T, T> change) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.replaceAll((key, value) ->
                key.startsWith(keyPrefix) ? change.apply(key.substring(keyPrefix.length()), (T) value) : value);
        return new NodeFacts(node, changed);
    }

    /** These facts and those of a later inquiry, which win. */
    public NodeFacts and(NodeFacts later) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(later.values);
        return new NodeFacts(node, all);
    }

    @Override
    public String toString() {
        return node.name() + values.keySet();
    }
}
