package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The changes and findings of a step. It is filled while the step runs, so that a failed step has a partial result. */
public final class StepResult {
    /** Whether the step or one of its parameters was refused. */
    public static final String REFUSED = "refused";

    /** The refusals, each with its ID and parts. */
    public static final String REFUSALS = "refusals";

    /** Why the step made the build unstable or failed, although it completed. */
    public static final String WARNING = "warning";

    /** What its looks at the nodes cost: {@link Looks#toMap}. */
    public static final String LOOKS = "looks";

    /** When the step started, in UTC: ISO 8601. */
    public static final String STARTED = "started";

    /** The name of the configured cluster that the step worked on. */
    public static final String CLUSTER = "cluster";

    /** Whether the step is running; only in a report. */
    public static final String RUNNING = "running";

    /** Whether the step was aborted; only in a report, because it returns no result then. */
    public static final String ABORTED = "aborted";

    /** Whether Jenkins stopped while the step ran; only in a report. */
    public static final String CUT_OFF = "cutOff";

    /** The current action on a node. */
    public static final String DOING = "doing";

    /** The progress of a synchronisation or verify that the step waits for. */
    public static final String PROGRESS = "progress";

    private final String step;
    private final Map<String, Object> subject;
    private final boolean dryRun;
    private final long started = System.nanoTime();
    private final Map<String, NodeResult> nodes = new LinkedHashMap<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Looks looks = new Looks();
    private final UnaryOperator<String> mask;

    /**
     * @param step the name of the step
     * @param subject its subject: parameter names and values
     * @param dryRun whether it is a dry run
     * @param nodes the names of its nodes, in order
     * @param mask masks secrets in all texts
     * @param progress receives the results of the nodes as they grow
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

    /** The subject of the step. */
    public Map<String, Object> subject() {
        return subject;
    }

    /** The result of a node that the step works on. */
    public NodeResult node(String name) {
        return nodes.get(name);
    }

    /** The names of the nodes that were changed, or would be in a dry run. */
    public List<String> changedNodes() {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().isChanged())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Records the findings for the whole step and drops all earlier ones, which may no longer be true. */
    public synchronized void found(Map<String, ?> found) {
        details.clear();
        add(found);
    }

    /** Records further findings for the whole step. */
    public synchronized void add(Map<String, ?> more) {
        details.putAll(PlainValues.map(more, mask));
    }

    /** Records a note for the reader. */
    public synchronized void note(String note) {
        notes.add(mask.apply(note));
    }

    /** What its looks at the nodes cost. */
    public Looks looks() {
        return looks;
    }

    /** Milliseconds since the step began. */
    public long elapsedMillis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    /**
     * The result as plain maps, lists, strings, numbers and booleans.
     *
     * @param error the error, or null
     */
    public synchronized Map<String, Object> toMap(String error) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("step", step);
        map.putAll(subject);
        map.put("changed", !changedNodes().isEmpty());
        map.put("dryRun", dryRun);
        map.put("durationMillis", elapsedMillis());
        map.put(LOOKS, looks.toMap());
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
