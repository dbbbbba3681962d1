package io.jenkins.plugins.drbdocfs2.report;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.result.ReportEntries;
import io.jenkins.plugins.drbdocfs2.result.ReportFile;
import io.jenkins.plugins.drbdocfs2.result.ReportResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportUpdatesTest {
    @TempDir
    private Path directory;

    private final ReportUpdates updates = new ReportUpdates();
    private final Map<String, Map<String, Object>> running = new LinkedHashMap<>();
    private final List<Integer> read = new ArrayList<>();
    private ReportFile file;

    @BeforeEach
    void make() {
        file = new ReportFile(directory.resolve("steps.jsonl"));
    }

    private Map<String, Object> since(long at) throws IOException {
        ReportEntries entries = file.entries();
        List<Map<String, Object>> all = new ReportResults(file, entries, running::get);
        List<Map<String, Object>> results = new AbstractList<>() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public Map<String, Object> get(int index) {
                read.add(index + 1);
                return all.get(index);
            }
        };
        return updates.since(results, entries, at, null, new BuildState(true, false));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> steps(Map<String, Object> update) {
        return (Map<String, String>) update.get("steps");
    }

    private static long at(Map<String, Object> update) {
        return (Long) update.get("at");
    }

    private String begin(Map<String, Object> progress) throws IOException {
        String id = UUID.randomUUID().toString();
        running.put(id, progress);
        file.begin(id, map("step", progress.get("step")));
        return id;
    }

    private void end(String id, Map<String, Object> result) throws IOException {
        file.end(id, result);
        running.remove(id);
    }

    @Test
    void containRunningStepsAndStepsThatEndedSince() throws Exception {
        assertThat(since(0)).containsEntry("at", 0L).containsEntry("more", false);
        String check = begin(map("step", "clusterCheck", "running", true));
        Map<String, Object> first = since(0);
        assertThat(steps(first)).containsOnlyKeys("drbd-step-1");
        assertThat((String) first.get("summary")).contains("1 running");

        end(check, SampleResults.dualPrimary().get(0));
        begin(SampleResults.synchronising(10));
        Map<String, Object> second = since(at(first));
        assertThat(steps(second)).containsOnlyKeys("drbd-step-1", "drbd-step-2");
        assertThat((String) second.get("cluster")).contains("10 % of r0 in step");

        running.replaceAll((id, before) -> SampleResults.synchronising(20));
        Map<String, Object> third = since(at(second));
        assertThat(steps(third)).containsOnlyKeys("drbd-step-2");
        assertThat(steps(third).get("drbd-step-2")).contains("value=\"20\"");
        assertThat((String) third.get("cluster")).contains("20 % of r0 in step");

        end(running.keySet().iterator().next(), SampleResults.failed().get(5));
        Map<String, Object> fourth = since(at(third));
        assertThat(steps(fourth)).containsOnlyKeys("drbd-step-2");
        assertThat(steps(since(at(fourth)))).isEmpty();
    }

    @Test
    void readEndedStepsOnce() throws Exception {
        for (Map<String, Object> result : SampleResults.dualPrimary()) {
            end(begin(result), result);
        }
        long at = at(since(0));
        begin(SampleResults.synchronising(10));
        read.clear();
        since(at);
        since(at);
        assertThat(read).containsOnly(13);
    }

    @Test
    void containTheLateEndOfAnEarlierStep() throws Exception {
        String early = begin(map("step", "drbdWaitSync", "running", true));
        Map<String, Object> exec = SampleResults.step("clusterExec", map(), 1);
        end(begin(exec), exec);
        long at = at(since(0));
        end(early, SampleResults.step("drbdWaitSync", map(), 1));
        assertThat(steps(since(at))).containsOnlyKeys("drbd-step-1");
    }

    @Test
    void areSplitIfTheyAreLarge() throws Exception {
        Map<String, Object> noisy = SampleResults.step(
                "clusterExec",
                map(),
                1,
                "sv1",
                SampleResults.node(false, map(), SampleResults.command("noise", 0, "n".repeat(100_000), "", 1)));
        for (int i = 0; i < 20; i++) {
            end(begin(noisy), noisy);
        }
        List<String> received = new ArrayList<>();
        long at = 0;
        int parts = 0;
        boolean more = true;
        while (more) {
            Map<String, Object> update = since(at);
            received.addAll(steps(update).keySet());
            assertThat(update.toString().length()).isLessThan(1_000_000);
            at = at(update);
            more = (Boolean) update.get("more");
            parts++;
        }
        assertThat(received).hasSize(20).doesNotHaveDuplicates();
        assertThat(parts).isBetween(3, 10);
    }
}
