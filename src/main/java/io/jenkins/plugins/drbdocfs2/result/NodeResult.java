package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step did and found on one node. Safe for use by several threads at once. */
public final class NodeResult {
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<Map<String, Object>> commands = new ArrayList<>();
    private final List<Map<String, Object>> files = new ArrayList<>();
    private final List<String> planned = new ArrayList<>();
    private boolean changed;

    /** Notes that the node was changed, or in a dry run would be. */
    public synchronized void changed() {
        changed = true;
    }

    /** Whether the node was changed, or in a dry run would be. */
    public synchronized boolean isChanged() {
        return changed;
    }

    /** Notes what was found, such as the role; replaces what was noted by the same names. */
    public synchronized void details(Map<String, ?> found) {
        details.putAll(found);
    }

    /** Notes a change that a dry run left undone. */
    public synchronized void planned(String summary) {
        planned.add(summary);
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
        entry.put("command", command);
        entry.put("exitCode", exitCode);
        entry.put("stdout", stdout);
        entry.put("stderr", stderr);
        entry.put("durationMillis", durationMillis);
        commands.add(entry);
    }

    /**
     * Notes a file that was written, or in a dry run would be.
     *
     * @param path the file
     * @param diff the difference, in unified form
     */
    public synchronized void file(String path, String diff) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", path);
        entry.put("diff", diff);
        files.add(entry);
    }

    /** The commands that were run, in order. */
    public synchronized List<Map<String, Object>> commands() {
        return List.copyOf(commands);
    }

    /** All of it as plain maps, lists, strings, numbers and booleans. */
    public synchronized Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("changed", changed);
        map.putAll(details);
        if (!planned.isEmpty()) {
            map.put("planned", new ArrayList<>(planned));
        }
        if (!files.isEmpty()) {
            map.put("files", new ArrayList<>(files));
        }
        map.put("commands", new ArrayList<>(commands));
        return map;
    }
}
