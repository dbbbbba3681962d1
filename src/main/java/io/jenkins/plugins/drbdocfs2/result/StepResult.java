package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a step did and found: filled while it runs, so that a failed step leaves what it had. */
public final class StepResult {
    /** Whether the step was refused, or a parameter of it. */
    public static final String REFUSED = "refused";

    /** The reasons why the step was refused, each with its id and parts. */
    public static final String REFUSALS = "refusals";

    /** Whether the step still runs; in a report only. */
    public static final String RUNNING = "running";

    /** Whether the step was aborted; in a report only, since it gives no result then. */
    public static final String ABORTED = "aborted";

    /** Whether Jenkins ended while the step ran; in a report only. */
    public static final String CUT_OFF = "cutOff";

    /** What is being done on a node, while it is done. */
    public static final String DOING = "doing";

    /** How far a synchronisation or comparison is that is waited for, while it is waited for. */
    public static final String PROGRESS = "progress";

    private final String step;
    private final Map<String, Object> subject;
    private final boolean dryRun;
    private final long started = System.nanoTime();
    private final Map<String, NodeResult> nodes = new LinkedHashMap<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final UnaryOperator<String> mask;

    /**
     * @param step the name of the step
     * @param subject what it is about: parameter names with their values
     * @param dryRun whether it only says what it would do
     * @param nodes the names of the nodes that it works on, in order
     * @param mask hides secrets in any text that comes in
     * @param progress hears of each node's result as it grows
     */
    public StepResult(
            String step,
            Map<String, ?> subject,
            boolean dryRun,
            Collection<String> nodes,
            UnaryOperator<String> mask,
            StepProgress progress) {
        this.step = step;
        this.subject = PlainValues.map(subject, mask);
        this.dryRun = dryRun;
        this.mask = mask;
        nodes.forEach(node -> this.nodes.put(node, new NodeResult(mask, soFar -> progress.node(node, soFar))));
    }

    /** The result of a node that the step works on. */
    public NodeResult node(String name) {
        return nodes.get(name);
    }

    /** The names of the nodes that were changed, or in a dry run would be. */
    public List<String> changedNodes() {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().isChanged())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Notes what was found of the whole, in place of all that was found before: of that nothing need hold any more. */
    public synchronized void found(Map<String, ?> found) {
        details.clear();
        add(found);
    }

    /** Notes what else was found of the whole. */
    public synchronized void add(Map<String, ?> more) {
        details.putAll(PlainValues.map(more, mask));
    }

    /** Notes what the reader should know besides. */
    public synchronized void note(String note) {
        notes.add(mask.apply(note));
    }

    /** Milliseconds since the step began. */
    public long elapsedMillis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    /**
     * All of it as plain maps, lists, strings, numbers and booleans.
     *
     * @param error what went wrong, or null
     */
    public synchronized Map<String, Object> toMap(String error) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("step", step);
        map.putAll(subject);
        map.put("changed", !changedNodes().isEmpty());
        map.put("dryRun", dryRun);
        map.put("durationMillis", elapsedMillis());
        map.putAll(details);
        if (!notes.isEmpty()) {
            map.put("notes", new ArrayList<>(notes));
        }
        if (error != null) {
            map.put("error", mask.apply(error));
        }
        Map<String, Object> byNode = new LinkedHashMap<>();
        nodes.forEach((name, result) -> byNode.put(name, result.toMap()));
        map.put("nodes", byNode);
        return PlainValues.map(map, UnaryOperator.identity());
    }
}
