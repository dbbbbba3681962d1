package io.jenkins.plugins.drbdocfs2.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The results in a {@link ReportFile}, each read on access and not cached. A step without an end has its current state or,
 * if it no longer runs, is marked as cut off.
 */
public final class ReportResults extends AbstractList<Map<String, Object>> {
    private static final String CUT_OFF_ERROR = "Jenkins stopped while this step ran, so its progress is unknown.";

    private final ReportFile file;
    private final ReportEntries entries;
    private final Function<String, Map<String, Object>> running;

    /**
     * @param file the file
     * @param entries the entries to read
     * @param running returns the state of a running step by its ID; null if it does not run
     */
    public ReportResults(ReportFile file, ReportEntries entries, Function<String, Map<String, Object>> running) {
        this.file = file;
        this.entries = entries;
        this.running = running;
    }

    @Override
    public int size() {
        return entries.list().size();
    }

    /** @throws UncheckedIOException if it cannot be read */
    @Override
    public Map<String, Object> get(int index) {
        ReportEntry entry = entries.list().get(index);
        Map<String, Object> now = entry.hasEnded() ? null : running.apply(entry.id());
        if (now != null) {
            return now;
        }
        try {
            // it may have ended since
            ReportEntry newest =
                    entry.hasEnded() ? entry : file.entries().list().get(index);
            Map<String, Object> result = file.read(newest);
            return newest.hasEnded() ? result : cutOff(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> cutOff(Map<String, Object> begun) {
        Map<String, Object> result = new LinkedHashMap<>(begun);
        result.put(StepResult.CUT_OFF, true);
        result.put("error", CUT_OFF_ERROR);
        return result;
    }
}
