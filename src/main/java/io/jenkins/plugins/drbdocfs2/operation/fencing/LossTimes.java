package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Follows the loss of a peer on the other node: the lines of follow-loss.sh, an event with its seconds each. */
final class LossTimes implements Watch {
    /** Probes the times of the last test on a node, in seconds; none if there was no test since its boot. */
    static final Probe<Map<String, Object>> PROBE = new Probe<>(
            "times of the fencing test",
            "f=/run/drbd-ocfs2-steps/fencing-test.times; [ ! -e \"$f\" ] || cat \"$f\"",
            reading -> read(reading.text()));

    private static final String RESUMED = "resumed";
    private static final String BACK = "back";
    private static final Map<String, String> EVENTS = Map.of(
            "lost",
            "DRBD noticed the loss",
            RESUMED,
            "I/O goes on",
            BACK,
            "connected again",
            "inSync",
            "in sync again");

    private final String node;
    private final String other;
    private final boolean fences;
    private final Consumer<String> progress;
    private final Map<String, Object> seen = new LinkedHashMap<>();

    /**
     * @param node the node that is lost
     * @param other the node that loses it
     * @param fences whether the other node has to fence it
     */
    LossTimes(String node, String other, boolean fences, Consumer<String> progress) {
        this.node = node;
        this.other = other;
        this.fences = fences;
        this.progress = progress;
    }

    private static Map<String, Object> read(String text) {
        Map<String, Object> times = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> put(line, times));
        return times;
    }

    private static String put(String line, Map<String, Object> times) {
        String[] words = line.strip().split(" ");
        if (words.length != 2 || !EVENTS.containsKey(words[0]) || !words[1].matches("\\d{1,6}\\.\\d")) {
            throw new TextFormatException("'" + line + "' is no event with its seconds");
        }
        times.put(words[0], Double.valueOf(words[1]));
        return words[0];
    }

    @Override
    public boolean line(String line) throws StepFailure {
        String event = put(line, seen);
        progress.accept(EVENTS.get(event) + " after " + seen.get(event) + " s");
        if (fences && event.equals(BACK) && !seen.containsKey(RESUMED)) {
            throw new StepFailure(
                    other + " did not fence " + node + ": they were connected again after " + seen.get(BACK)
                            + " s, when the cut ended. `journalctl -t drbd-fence-peer` on " + other
                            + " and `lastFencing` of drbdStatus tell why; nothing is lost.");
        }
        return event.equals("inSync");
    }

    @Override
    public String last() {
        return seen.isEmpty() ? "no loss" : seen.toString();
    }
}
