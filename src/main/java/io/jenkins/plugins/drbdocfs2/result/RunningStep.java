package io.jenkins.plugins.drbdocfs2.result;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The state of a running step, from its progress: the report shows it until the step ends, and keeps it if the step returns
 * no result. Thread-safe.
 */
public final class RunningStep implements StepProgress {
    private final Map<String, Object> head;
    private final Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
    private final long started = System.nanoTime();

    /**
     * @param step the name of the step
     * @param subject its subject: parameter names and values
     * @param dryRun whether it is a dry run
     * @param nodes the names of its nodes, in order
     * @param mask masks secrets in the values
     */
    public RunningStep(
            String step, Map<String, ?> subject, boolean dryRun, Collection<String> nodes, UnaryOperator<String> mask) {
        this.head = new LinkedHashMap<>();
        head.put("step", step);
        head.putAll(PlainValues.map(subject, mask));
        head.put("dryRun", dryRun);
        nodes.forEach(node -> this.nodes.put(node, Map.of()));
    }

    /** The state before any progress message. */
    public Map<String, Object> begun() {
        Map<String, Object> begun = new LinkedHashMap<>(head);
        Map<String, Object> empty = new LinkedHashMap<>();
        nodes.keySet().forEach(node -> empty.put(node, new LinkedHashMap<>()));
        begun.put("nodes", empty);
        return begun;
    }

    @Override
    public synchronized void node(String node, Map<String, Object> soFar) {
        nodes.computeIfPresent(node, (name, before) -> soFar);
    }

    /** Its progress so far. */
    public Map<String, Object> running() {
        Map<String, Object> map = soFar();
        map.put(StepResult.RUNNING, true);
        return map;
    }

    /**
     * Its state when it was aborted.
     *
     * @param why the reason of the abort
     */
    public Map<String, Object> aborted(String why) {
        Map<String, Object> map = failed(why);
        map.put(StepResult.ABORTED, true);
        return map;
    }

    /**
     * Its state when it failed.
     *
     * @param error the error
     */
    public Map<String, Object> failed(String error) {
        Map<String, Object> map = soFar();
        map.put("error", error);
        return map;
    }

    private synchronized Map<String, Object> soFar() {
        Map<String, Object> map = new LinkedHashMap<>(head);
        map.put("changed", nodes.values().stream().anyMatch(node -> LenientJson.isTrue(node.get("changed"))));
        map.put("durationMillis", (System.nanoTime() - started) / 1_000_000);
        map.put("nodes", new LinkedHashMap<>(nodes));
        return map;
    }
}
