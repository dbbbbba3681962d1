package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The changes and findings of a step on one node. Thread-safe. */
public final class NodeResult {
    private final UnaryOperator<String> mask;
    private final Consumer<Map<String, Object>> progress;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<Map<String, Object>> commands = new ArrayList<>();
    private final List<Map<String, Object>> files = new ArrayList<>();
    private final List<String> planned = new ArrayList<>();
    private Map<String, Object> now = Map.of();
    private String doing;
    private boolean changed;

    /**
     * @param mask masks secrets in all texts
     * @param progress receives the result so far while the step runs
     */
    NodeResult(UnaryOperator<String> mask, Consumer<Map<String, Object>> progress) {
        this.mask = mask;
        this.progress = progress;
    }

    /** Records that the node was changed, or would be in a dry run. */
    public synchronized void changed() {
        changed = true;
    }

    /** Whether the node was changed, or would be in a dry run. */
    public synchronized boolean isChanged() {
        return changed;
    }

    /** Records the findings, such as the role, and drops all earlier ones, which may no longer be true. */
    public synchronized void found(Map<String, ?> found) {
        details.clear();
        add(found);
    }

    /** Adds further findings. */
    public synchronized void add(Map<String, ?> more) {
        details.putAll(PlainValues.map(more, mask));
        now = Map.of();
        report();
    }

    /**
     * Records a change that a dry run did not make.
     *
     * @return the summary, masked
     */
    public synchronized String planned(String summary) {
        String masked = mask.apply(summary);
        planned.add(masked);
        return masked;
    }

    /**
     * Reports the current action until it is recorded as a command; not part of the result.
     *
     * @return the summary, masked
     */
    public synchronized String doing(String summary) {
        doing = mask.apply(summary);
        report();
        return doing;
    }

    /** Reports the state while a step waits, with the names of {@link #found}; not part of the result. */
    public synchronized void now(Map<String, ?> seen) {
        Map<String, Object> plain = PlainValues.map(seen, mask);
        if (!Objects.equals(plain, now)) {
            now = plain;
            report();
        }
    }

    /**
     * Records a command.
     *
     * @param command the command line
     * @param exitCode its exit code
     * @param stdout its standard output
     * @param stderr its standard error
     * @param durationMillis its duration in milliseconds
     * @return the entry in the result, masked
     */
    public synchronized Map<String, Object> command(
            String command, int exitCode, String stdout, String stderr, long durationMillis) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("command", mask.apply(command));
        entry.put("exitCode", exitCode);
        entry.put("stdout", mask.apply(stdout));
        entry.put("stderr", mask.apply(stderr));
        entry.put("durationMillis", durationMillis);
        commands.add(entry);
        doing = null;
        report();
        return entry;
    }

    /**
     * Records a file that was written, or would be in a dry run.
     *
     * @param path the file
     * @param before the text before; null if there was no file
     * @param after the text after; null if the file is removed
     * @return the difference in unified form, masked
     */
    public synchronized String file(String path, String before, String after) {
        String diff = Diff.unified(
                path, before == null ? null : mask.apply(before), after == null ? null : mask.apply(after));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", mask.apply(path));
        entry.put("diff", diff);
        files.add(entry);
        return diff;
    }

    /** The commands that were run, in order. */
    public synchronized List<Map<String, Object>> commands() {
        return List.copyOf(commands);
    }

    /** The result as plain maps, lists, strings, numbers and booleans. */
    public synchronized Map<String, Object> toMap() {
        return toMap(details);
    }

    private Map<String, Object> toMap(Map<String, Object> found) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("changed", changed);
        map.putAll(found);
        if (!planned.isEmpty()) {
            map.put("planned", new ArrayList<>(planned));
        }
        if (!files.isEmpty()) {
            map.put("files", new ArrayList<>(files));
        }
        map.put("commands", new ArrayList<>(commands));
        return map;
    }

    private void report() {
        Map<String, Object> found = new LinkedHashMap<>(details);
        found.putAll(now);
        if (doing != null) {
            found.put(StepResult.DOING, doing);
        }
        progress.accept(toMap(found));
    }
}
