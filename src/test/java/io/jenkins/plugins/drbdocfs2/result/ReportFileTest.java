package io.jenkins.plugins.drbdocfs2.result;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    private static final String ONE = "11111111-0000-4000-8000-000000000001";
    private static final String TWO = "22222222-0000-4000-8000-000000000002";

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("steps.jsonl");
    }

    private ReportFile file() {
        return new ReportFile(path());
    }

    private static List<Map<String, Object>> results(ReportFile file) throws IOException {
        return new ReportResults(file, file.entries(), id -> null);
    }

    private static List<Object> names(ReportFile file) throws IOException {
        return results(file).stream().map(result -> result.get("step")).toList();
    }

    private static Map<String, Object> result(String step) {
        return map("step", step, "changed", true, "text", "ä\n\u2028\"\\", "nodes", map("sv1", map("n", 1)));
    }

    @Test
    void isEmptyBeforeTheFirstStep() throws Exception {
        assertThat(results(file())).isEmpty();
        assertThat(path()).doesNotExist();
    }

    @Test
    void listsStepsInTheOrderOfTheirStart() throws Exception {
        ReportFile file = file();
        file.begin(ONE, result("first"));
        file.begin(TWO, result("second"));
        file.end(TWO, result("second"));
        file.end(ONE, result("first"));
        assertThat(results(file)).containsExactly(result("first"), result("second"));
        assertThat(results(file())).as("in another process").isEqualTo(results(file));
        assertThat(file.entries().list()).extracting(ReportEntry::state).containsExactly("changed", "changed");
    }

    private static List<Object> lastNames(ReportFile file, long most) throws IOException {
        List<Object> names = new ArrayList<>();
        for (ReportEntry entry : file.lastEntries(most).list()) {
            names.add(file.read(entry).get("step") + " " + entry.state());
        }
        return names;
    }

    @Test
    void lastBytesHoldTheStepsThatBeganOrEndedThere() throws Exception {
        ReportFile file = file();
        file.begin(ONE, result("first"));
        long begun = file.size();
        file.end(ONE, result("first"));
        long ended = file.size();
        file.begin(TWO, result("second"));
        long all = file.size();
        assertThat(lastNames(file, all)).containsExactly("first changed", "second null");
        assertThat(lastNames(file, all - 1)).containsExactly("first changed", "second null");
        assertThat(lastNames(file, all - begun)).containsExactly("first changed", "second null");
        assertThat(lastNames(file, all - begun - 1)).containsExactly("second null");
        assertThat(lastNames(file, all - ended)).containsExactly("second null");
        assertThat(lastNames(file, all - ended - 1)).isEmpty();
        assertThat(file.lastEntries(10).size()).isEqualTo(all);
    }

    @Test
    void reportThatIsMissingHasNoLastBytes() {
        assertThatThrownBy(() -> file().lastEntries(10)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void stepWithoutAnEndIsRunningOrCutOff() throws Exception {
        ReportFile file = file();
        file.begin(ONE, map("step", "drbdInstall", "dryRun", false, "nodes", map("sv1", map())));
        Map<String, Object> running = map("step", "drbdInstall", "running", true);
        assertThat(new ReportResults(file, file.entries(), id -> id.equals(ONE) ? running : null))
                .containsExactly(running);
        assertThat(results(file)).singleElement().satisfies(cutOff -> assertThat(cutOff)
                .containsEntry("step", "drbdInstall")
                .containsEntry("cutOff", true)
                .containsEntry("error", "Jenkins stopped while this step ran, so its progress is unknown.")
                .containsEntry("nodes", map("sv1", map())));
    }

    @Test
    void stepThatEndsWhileTheReportIsReadIsNotCutOff() throws Exception {
        ReportFile file = file();
        file.begin(ONE, result("a"));
        ReportEntries before = file.entries();
        file.end(ONE, result("b"));
        assertThat(new ReportResults(file, before, id -> null)).containsExactly(result("b"));
    }

    @Test
    void removesATruncatedLine() throws Exception {
        ReportFile file = file();
        file.begin(ONE, result("first"));
        Files.writeString(
                path(), "{\"end\":\"" + ONE + "\",\"state\":\"changed\",\"result\":{\"st", StandardOpenOption.APPEND);
        assertThat(names(file())).containsExactly("first");
        file.begin(TWO, result("second"));
        file.end(TWO, result("second"));
        assertThat(names(file)).containsExactly("first", "second");
        assertThat(results(file()).get(0)).containsEntry("cutOff", true);
        assertThat(Files.readAllLines(path())).hasSize(3);
    }

    @Test
    void overwritesAFileOfOneTruncatedLine() throws Exception {
        Files.writeString(path(), "{\"beg");
        ReportFile file = file();
        file.begin(ONE, result("first"));
        assertThat(names(file)).containsExactly("first");
        assertThat(Files.readAllLines(path())).hasSize(1);
    }

    @Test
    void ignoresInvalidLines() throws Exception {
        Files.writeString(
                path(),
                "\n{}\nnonsense\n{\"begin\":\"../../../../../../../etc/passwd/xxxxxxxxxxxxx\",\"result\":{}}\n"
                        + "{\"end\":\"" + TWO + "\",\"state\":\"changed\",\"result\":{}}\n");
        ReportFile file = file();
        assertThat(results(file)).isEmpty();
        file.begin(ONE, result("first"));
        file.begin(ONE, result("again"));
        file.end(ONE, result("first"));
        file.end(ONE, result("twice"));
        assertThat(names(file)).containsExactly("first");
    }

    @Test
    void errorForADamagedResultNamesTheFile() throws Exception {
        Files.writeString(path(), "{\"begin\":\"" + ONE + "\",\"result\":{\"step\":oops}}\n");
        List<Map<String, Object>> results = results(file());
        assertThatThrownBy(() -> results.get(0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Unreadable line at 0 of " + path());
    }

    @Test
    void readsAReplacedFileAgain() throws Exception {
        ReportFile file = file();
        file.begin(ONE, result("first"));
        file.begin(TWO, result("second"));
        assertThat(names(file)).hasSize(2);
        Files.writeString(path(), "", StandardCharsets.UTF_8);
        assertThat(names(file)).isEmpty();
        file.begin(TWO, result("other"));
        assertThat(names(file)).containsExactly("other");
    }

    @Test
    void parallelWritersDoNotMixTheirLines() throws Exception {
        CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = CompletableFuture.runAsync(
                    () -> {
                        ReportFile file = file();
                        try {
                            for (int j = 0; j < 25; j++) {
                                String id = UUID.randomUUID().toString();
                                file.begin(id, result("x".repeat(20_000)));
                                file.end(id, result("y".repeat(20_000)));
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Threads.ONE_EACH);
        }
        CompletableFuture.allOf(writers).join();
        assertThat(names(file())).hasSize(100).containsOnly("y".repeat(20_000));
    }
}
