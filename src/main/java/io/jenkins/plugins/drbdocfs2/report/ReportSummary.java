package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ReportEntries;
import io.jenkins.plugins.drbdocfs2.result.ReportEntry;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A one-line summary of a report. */
public final class ReportSummary {
    private ReportSummary() {}

    /**
     * The summary, such as "5 steps: 3 changed, 2 unchanged".
     *
     * @param entries the steps
     * @param running whether a step without an end is still running, by its ID
     */
    public static String of(ReportEntries entries, Predicate<String> running) {
        Map<StepState, Integer> counts = new EnumMap<>(StepState.class);
        entries.list().forEach(entry -> counts.merge(state(entry, running), 1, Integer::sum));
        String states = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().word())
                .collect(Collectors.joining(", "));
        String steps = Amounts.count(entries.list().size(), "step");
        return states.isEmpty() ? steps : steps + ": " + states;
    }

    private static StepState state(ReportEntry entry, Predicate<String> running) {
        if (!entry.hasEnded()) {
            return running.test(entry.id()) ? StepState.RUNNING : StepState.CUT_OFF;
        }
        return Stream.of(StepState.values())
                .filter(state -> state.id().equals(entry.state()))
                .findFirst()
                .orElse(StepState.UNKNOWN);
    }
}
