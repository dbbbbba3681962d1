package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ReportEntries;
import io.jenkins.plugins.drbdocfs2.result.ReportEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The updates of a report since its page was rendered, to update the page in place. The summary of finished steps is cached,
 * so that only the others are read again.
 */
public final class ReportUpdates {
    private static final int MAX_CHARACTERS = 300_000;

    private ReportOverview ended = new ReportOverview();

    /**
     * The parts of the page to replace, as HTML by name: {@code summary}, {@code cluster}, {@code filter}, and under
     * {@code steps} by their IDs the steps that run, or began or ended since then. {@code at} is the position for the next
     * request, and {@code more} says whether there is more already.
     *
     * @param results the results of {@code entries}
     * @param entries the steps
     * @param at the length of the file when the page was last updated
     * @param links the URLs of whole outputs
     * @param build the state of the build
     */
    public Map<String, Object> since(
            List<Map<String, Object>> results, ReportEntries entries, long at, OutputLinks links, BuildState build) {
        ReportOverview overview = overview(results, entries);
        List<StepHead> heads = overview.steps();
        Map<String, Object> update = new LinkedHashMap<>();
        update.put("summary", part((limits, html) -> new SummarySection(overview, build, limits, html).write()));
        update.put("cluster", part((limits, html) -> new TopologySection(overview.clusters(), build, limits, html)
                .write()));
        update.put("filter", part((limits, html) -> new StepsSection(results, heads, links, limits, html).filter()));

        List<ReportEntry> changed = new ArrayList<>(entries.list());
        changed.removeIf(entry -> entry.hasEnded() && entry.position() < at);
        changed.sort((one, other) -> Long.compare(one.position(), other.position()));
        Map<String, Object> steps = new LinkedHashMap<>();
        long upTo = entries.size();
        int length = 0;
        for (ReportEntry entry : changed) {
            if (length > MAX_CHARACTERS && entry.position() >= at) {
                upTo = Math.min(upTo, entry.position());
                continue;
            }
            String step = step(entry.number() - 1, results, heads, links);
            steps.put(heads.get(entry.number() - 1).id(), step);
            length += step.length();
        }
        update.put("steps", steps);
        update.put("at", upTo);
        update.put("more", upTo < entries.size());
        return update;
    }

    private static String part(BiConsumer<PageLimits, HtmlWriter> part) {
        return PageFitter.write(new TextLengths(), MAX_CHARACTERS, part);
    }

    private static String step(int index, List<Map<String, Object>> results, List<StepHead> heads, OutputLinks links) {
        Map<String, Object> result = results.get(index);
        TextLengths lengths = new TextLengths();
        lengths.add(result);
        return PageFitter.write(
                lengths, MAX_CHARACTERS, (limits, html) -> new StepsSection(results, heads, links, limits, html)
                        .step(index, result));
    }

    private synchronized ReportOverview overview(List<Map<String, Object>> results, ReportEntries entries) {
        List<ReportEntry> list = entries.list();
        if (list.size() < ended.steps().size()) {
            ended = new ReportOverview();
        }
        while (ended.steps().size() < list.size()
                && list.get(ended.steps().size()).hasEnded()) {
            ended.add(results.get(ended.steps().size()));
        }
        ReportOverview overview = ended.copy();
        for (int i = overview.steps().size(); i < list.size(); i++) {
            overview.add(results.get(i));
        }
        return overview;
    }
}
