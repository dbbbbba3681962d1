package io.jenkins.plugins.drbdocfs2.report.trend;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonParser;
import io.jenkins.plugins.drbdocfs2.report.ReportOverview;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final String GOOD =
            "'up': true, 'role': 'Primary', 'disk': 'UpToDate', 'connection': 'Connected', 'replication': 'Established'";

    private static Verdict verdict(String steps, boolean failed) throws Exception {
        ReportOverview overview = new ReportOverview();
        JsonParser.array().from("[" + steps.replace('\'', '"') + "]").forEach(overview::add);
        return Verdict.of(overview.clusters(), failed);
    }

    private static String step(String name, String rest, String sv1) {
        return "{'step': '" + name + "', 'changed': false, " + rest + "'nodes': {'sv1': {" + sv1 + "}, 'sv2': {}}}";
    }

    private static String status(String facts) {
        return step("drbdPromote", "'resource': 'r0', ", facts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            healthy  | 'role': 'Primary', 'disk': 'UpToDate', 'connection': 'Connected', 'replication': 'Established' |
            healthy  | 'role': 'Secondary', 'disk': 'Diskless', 'volumes': [{'client': true}] |
            degraded | 'role': 'Primary', 'disk': 'Diskless' | r0: Diskless on sv1
            degraded | 'role': 'Primary', 'disk': 'UpToDate', 'connection': 'StandAlone' | r0: StandAlone on sv1
            degraded | 'role': 'Primary', 'disk': 'Inconsistent', 'replication': 'SyncTarget' | r0: Inconsistent on sv1
            degraded | 'role': 'Primary', 'disk': 'UpToDate', 'outOfSyncKib': 2048 | r0: 2.0 MiB out of sync
            degraded | 'up': false, 'configured': true | r0: down on sv1
            failed   | 'role': 'Primary', 'disk': 'UpToDate', 'suspended': true | r0: I/O suspended on sv1
            failed   | 'reachable': false | sv1: not reachable
            unknown  | 'up': false, 'configured': false | no step has looked at its state
            unknown  | 'commands': [] | no step has looked at its state
            """)
    void statesOfResources(String health, String facts, String reason) throws Exception {
        Verdict verdict = verdict(status(facts), false);
        assertThat(verdict.health().word()).isEqualTo(health);
        if (reason == null) {
            assertThat(verdict.reasons()).isEmpty();
        } else {
            assertThat(verdict.reasons()).first().isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "critical, failed",
        "error, degraded",
        "warning, degraded",
        "of a later version, degraded",
    })
    void problemsCountByTheirSeverity(String severity, String health) throws Exception {
        String problem = "{'severity': '" + severity + "', 'id': 'area.kind', 'node': 'sv1', 'finding': 'It is so'}";
        Verdict verdict =
                verdict(step("clusterHealth", "'healthy': false, 'problems': [" + problem + "], ", ""), false);
        assertThat(verdict.health().word()).isEqualTo(health);
        assertThat(verdict.reasons()).containsExactly("area.kind: sv1: It is so");
    }

    @ParameterizedTest
    @CsvSource({
        "'error': 'It broke', true, failed, ocfs2Format failed: It broke",
        "'error': 'It broke', false, degraded, ocfs2Format failed: It broke",
        "'error': 'ocfs2Format: not so' 'refused': true, true, failed, ocfs2Format: not so",
        "'error': 'by alice' 'aborted': true, true, failed, ocfs2Format aborted: by alice",
        "'error': 'gone' 'cutOff': true, true, failed, ocfs2Format cut off: gone",
        "'warning': 'It differs', false, degraded, ocfs2Format: It differs",
        "'running': true, true, healthy,",
        "'dryRun': true 'changed': true, false, healthy,",
    })
    void stepsCountByTheResultOfTheBuild(String step, boolean failed, String health, String reason) throws Exception {
        Verdict verdict = verdict(
                status(GOOD) + ", "
                        + step("ocfs2Format", step.replace("' '", "', '").replace("true '", "true, '") + ", ", ""),
                failed);
        assertThat(verdict.health().word()).isEqualTo(health);
        assertThat(verdict.reasons()).isEqualTo(reason == null ? java.util.List.of() : java.util.List.of(reason));
    }

    @Test
    void dryRunAssumesAndSeesNothing() throws Exception {
        String step =
                step("drbdCreateResource", "'resource': 'r0', 'dryRun': true, ", GOOD.replace("UpToDate", "Failed"));
        assertThat(verdict(step, false).health()).isEqualTo(BuildHealth.UNKNOWN);
    }

    @Test
    void problemsReplaceTheStatesThatTheSameStepReports() throws Exception {
        String facts = "'resources': {'r0': {'up': true, 'role': 'Primary', 'disk': 'Diskless'}}";
        String step = step("drbdStatus", "'healthy': true, 'problems': [], ", facts);
        assertThat(verdict(step, false).health()).isEqualTo(BuildHealth.HEALTHY);
    }

    @Test
    void unreachableNodeIsToldOnce() throws Exception {
        String lost = "{'severity': 'critical', 'id': 'node.not-reachable', 'node': 'sv1', 'finding': 'It is off'}";
        String step = step("drbdStatus", "'healthy': false, 'problems': [" + lost + "], ", "'reachable': false");
        assertThat(verdict(step, false).reasons()).containsExactly("node.not-reachable: sv1: It is off");
    }

    @Test
    void nodeThatAnswersAgainIsNotLost() throws Exception {
        String lost = "{'severity': 'critical', 'id': 'node.not-reachable', 'node': 'sv1', 'finding': 'It is off'}";
        String before = step("drbdStatus", "'problems': [" + lost + "], ", "'reachable': false");
        String after = step("drbdStatus", "'problems': [], ", "'reachable': true, 'resources': {}");
        assertThat(verdict(before + ", " + after, false).health()).isEqualTo(BuildHealth.HEALTHY);
        assertThat(verdict(after + ", " + before, false).health()).isEqualTo(BuildHealth.FAILED);
    }

    @Test
    void failedStepThatWasRepeatedWithSuccessDoesNotCount() throws Exception {
        String failed = step("ocfs2Format", "'error': 'It broke', ", "");
        String done = step("ocfs2Format", "", "");
        assertThat(verdict(status(GOOD) + ", " + failed + ", " + done, false).health())
                .isEqualTo(BuildHealth.HEALTHY);
        assertThat(verdict(status(GOOD) + ", " + done + ", " + failed, false).health())
                .isEqualTo(BuildHealth.DEGRADED);
    }

    @Test
    void laterLookReplacesAnEarlierOneAtTheSame() throws Exception {
        String lost = "{'severity': 'error', 'id': 'drbd.connection-lost', 'resource': 'r0', 'finding': 'Lost'}";
        String full = "{'severity': 'error', 'id': 'filesystem.full', 'node': 'sv1', 'finding': 'Full'}";
        String all = step("clusterHealth", "'problems': [" + lost + ", " + full + "], ", "");
        String one = step("drbdStatus", "'resource': 'r0', 'problems': [], ", "");
        String other = step("drbdStatus", "'resource': 'r1', 'problems': [], ", "");
        String healthy = step("clusterHealth", "'problems': [], ", "");
        assertThat(verdict(all + ", " + other, false).reasons()).hasSize(2);
        assertThat(verdict(all + ", " + one, false).reasons()).containsExactly("filesystem.full: sv1: Full");
        assertThat(verdict(all + ", " + healthy, false).health()).isEqualTo(BuildHealth.HEALTHY);
    }

    @Test
    void buildIsAsUnwellAsTheWorstOfItsClusters() throws Exception {
        String good = status(GOOD).replace("{'step'", "{'cluster': 'paris', 'step'");
        String bad = status("'role': 'Primary', 'disk': 'Failed'").replace("{'step'", "{'cluster': 'rome', 'step'");
        String none = step("clusterExec", "'cluster': 'oslo', ", "");
        Verdict verdict = verdict(good + ", " + bad + ", " + none, false);
        assertThat(verdict.health()).isEqualTo(BuildHealth.DEGRADED);
        assertThat(verdict.reasons()).containsExactly("rome: r0: Failed on sv1");
        assertThat(verdict(good + ", " + none, false).health()).isEqualTo(BuildHealth.HEALTHY);
        assertThat(verdict("", false).health()).isEqualTo(BuildHealth.UNKNOWN);
    }
}
