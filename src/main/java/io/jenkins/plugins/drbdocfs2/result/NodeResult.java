package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a step did and found on one node. Safe for use by several threads at once. */
public final class NodeResult {
    private final UnaryOperator<String> mask;
    private final Consumer<Map<String, Object>> news;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<Map<String, Object>> commands = new ArrayList<>();
    private final List<Map<String, Object>> files = new ArrayList<>();
    private final List<String> planned = new ArrayList<>();
    private Map<String, Object> now = Map.of();
    private String doing;
    private boolean changed;

    /**
     * @param mask hides secrets in any text that comes in
     * @param news hears of the result so far, as far as it is known while the step runs
     */
    NodeResult(UnaryOperator<String> mask, Consumer<Map<String, Object>> news) {
        this.mask = mask;
        this.news = news;
    }

    /** Notes that the node was changed, or in a dry run would be. */
    public synchronized void changed() {
        changed = true;
    }

    /** Whether the node was changed, or in a dry run would be. */
    public synchronized boolean isChanged() {
        return changed;
    }

    /** Notes what was found, such as the role, in place of all that was found before: of that nothing need hold any more. */
    public synchronized void found(Map<String, ?> found) {
        details.clear();
        add(found);
    }

    /** Notes what else was found. */
    public synchronized void add(Map<String, ?> more) {
        details.putAll(PlainValues.map(more, mask));
        now = Map.of();
        tell();
    }

    /** Notes a change that a dry run left undone. */
    public synchronized void planned(String summary) {
        planned.add(mask.apply(summary));
    }

    /** Tells what is being done, until it is noted as a command; not part of the result. */
    public synchronized void doing(String summary) {
        doing = mask.apply(summary);
        tell();
    }

    /** Tells what is seen while a step waits, by the names of {@link #found}; not part of the result. */
    public synchronized void now(Map<String, ?> seen) {
        Map<String, Object> plain = PlainValues.map(seen, mask);
        if (!Objects.equals(plain, now)) {
            now = plain;
            tell();
        }
    }

    /**
     * Notes a command that was run.
     *
     * @param command the command line
     * @param exitCode its exit code
     * @param stdout what it printed
     * @param stderr what it printed on standard error
     * @param durationMillis how long it took, milliseconds
     */
    public synchronized void command(String command, int exitCode, String stdout, String stderr, long durationMillis) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("command", mask.apply(command));
        entry.put("exitCode", exitCode);
        entry.put("stdout", mask.apply(stdout));
        entry.put("stderr", mask.apply(stderr));
        entry.put("durationMillis", durationMillis);
        commands.add(entry);
        doing = null;
        tell();
    }

    /**
     * Notes a file that was written, or in a dry run would be.
     *
     * @param path the file
     * @param diff the difference, in unified form
     */
    public synchronized void file(String path, String diff) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", mask.apply(path));
        entry.put("diff", mask.apply(diff));
        files.add(entry);
    }

    /** The commands that were run, in order. */
    public synchronized List<Map<String, Object>> commands() {
        return List.copyOf(commands);
    }

    /** All of it as plain maps, lists, strings, numbers and booleans. */
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

    private void tell() {
        Map<String, Object> found = new LinkedHashMap<>(details);
        found.putAll(now);
        if (doing != null) {
            found.put(StepResult.DOING, doing);
        }
        news.accept(toMap(found));
    }
}
