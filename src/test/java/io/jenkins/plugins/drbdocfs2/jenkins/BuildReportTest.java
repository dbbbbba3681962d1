package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ScriptedNode;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.Model;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.TreePruner;

/** The report of a build whose steps run on simulated nodes. */
@Timeout(120)
class BuildReportTest {
    private static final String SYNCHRONISING =
            """
            exists resource name:r0 role:Primary suspended:no
            exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Secondary
            exists device name:r0 volume:0 minor:0 disk:UpToDate size:1048576 read:0 written:0
            exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:SyncSource \
            peer-disk:Inconsistent resync-suspended:no received:0 sent:0 out-of-sync:%d
            exists -
            """;

    @TempDir
    private Path directory;

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private ScriptedNode node;
    private AutoCloseable credentials;
    private TestBuild build;

    @BeforeEach
    void start() throws Exception {
        node = new ScriptedNode("sv1", this::play, (user, password, session) -> password.equals("pw"), null);
        credentials = TestBuild.credentials(Files.writeString(
                directory.resolve("credentials.json"),
                "{\"credentials\": [{\"id\": \"root\", \"username\": \"root\", \"password\": \"pw\"}]}"));
        build = new TestBuild(Files.createDirectory(directory.resolve("job")));
    }

    @AfterEach
    void stop() throws Exception {
        goOn.countDown();
        credentials.close();
        node.close();
    }

    private int play(String script, PrintStream out, PrintStream err) throws InterruptedException {
        if (script.contains("drbdadm --version")) {
            out.print("DRBDADM_API_VERSION=1\nDRBD_KERNEL_VERSION_CODE=0x08040b\nDRBDADM_VERSION_CODE=0x091600\n"
                    + "DRBDADM_VERSION=9.22.0\n");
        } else if (script.contains("drbdsetup events2 --statistics")) {
            out.print(String.format(SYNCHRONISING, 900_000));
            out.print(String.format(SYNCHRONISING, 786_432).replaceAll("(?m)^", "now "));
            out.flush();
            reached.complete(null);
            goOn.await();
            out.print("destroy resource name:r0\n");
        } else if (script.contains("drbdsetup events2 --now")) {
            out.print(String.format(SYNCHRONISING, 900_000));
        } else if (script.contains("} dump")) {
            out.print("dump resource r0 {\ndump on sv1 {\ndump device /dev/drbd0;\ndump disk /dev/vdb;\n"
                    + "dump address 10.0.0.1:7789;\ndump meta-disk internal;\ndump }\ndump on sv2 {\n"
                    + "dump device /dev/drbd0;\ndump disk /dev/vdb;\ndump address 10.0.0.2:7789;\n"
                    + "dump meta-disk internal;\ndump }\ndump }\n");
        } else if (script.equals("wait")) {
            reached.complete(null);
            goOn.await();
        } else if (script.startsWith("noise")) {
            out.print("<script>alert('" + script + "')</script>\n".repeat(2000));
            err.print("\033[31mred\033[0m");
            return 3;
        }
        return 0;
    }

    private String pipeline(String steps) {
        return "withClusterNodes(nodes: [" + node.inJenkinsfile()
                + "], credentialsId: 'root', hostKeys: noHostKeyVerification()) {\n" + steps + "\n}";
    }

    private List<Map<String, Object>> steps() throws Exception {
        return build.report().getSteps();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sv1(Map<String, Object> step) {
        return (Map<String, Object>) ((Map<String, Object>) step.get("nodes")).get("sv1");
    }

    private String live(String at) throws Exception {
        TestResponse response = new TestResponse();
        build.report().doLive(response.asResponse(), at);
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json;charset=UTF-8")
                .containsEntry("X-Content-Type-Options", "nosniff");
        return response.text();
    }

    private void awaitNode(CompletableFuture<Result> end) {
        CompletableFuture.anyOf(reached, end).join();
        assertThat(end).as(build.log()).isNotDone();
    }

    @Test
    void reportIsInItsOwnFileBesideTheBuild() throws Exception {
        assertThat(build.run(pipeline("clusterExec 'one'\nclusterExec script: 'two', changed: false")))
                .isEqualTo(Result.SUCCESS);
        assertThat(steps()).extracting(step -> step.get("script")).containsExactly("one", "two");
        assertThat(build.build().getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl"))
                .isNotEmptyFile();
        assertThat(build.report().getSummary()).isEqualTo("2 steps: 1 changed, 1 unchanged");
        assertThat(ReportAction.class.getDeclaredFields())
                .filteredOn(field -> !java.lang.reflect.Modifier.isStatic(field.getModifiers()))
                .as("nothing of it goes into build.xml")
                .allMatch(field -> java.lang.reflect.Modifier.isTransient(field.getModifiers()));
    }

    @Test
    void reportSurvivesARestartAndACopyOfTheBuild() throws Exception {
        build.run(pipeline("clusterExec 'one'"));
        List<Map<String, Object>> before = List.copyOf(steps());
        ReportAction loaded = ReportAction.of(build.build());
        loaded.onLoad(build.build());
        assertThat(loaded.getSteps()).isEqualTo(before);

        TestBuild copy = new TestBuild(Files.createDirectory(directory.resolve("copy")));
        Files.copy(
                build.build().getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl"),
                copy.build().getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl"));
        assertThat(ReportAction.of(copy.build()).getSteps()).isEqualTo(before);
    }

    @Test
    void runningSynchronisationShowsItsProgress() throws Exception {
        CompletableFuture<Result> end = build.start(pipeline("drbdWaitSync 'r0'"));
        awaitNode(end);
        assertThat(awaitProgress()).containsEntry("percent", 25.0).containsEntry("leftKib", 786432);
        assertThat(build.report().getSummary()).isEqualTo("1 step: 1 running");
        JsonObject news = JsonParser.object().from(live("0"));
        assertThat(news.getBoolean("live")).isTrue();
        assertThat(news.getString("cluster")).contains("25 % in step, 768.0 MiB to go", "SyncSource");
        assertThat(news.getObject("steps").getString("drbd-step-1"))
                .contains("<progress max=\"100\" value=\"25\"", "768.0 MiB to go");
        assertThat(build.report().getBody()).contains("25 % in step, 768.0 MiB to go");

        goOn.countDown();
        assertThat(end.join()).isEqualTo(Result.FAILURE);
        JsonObject last = JsonParser.object().from(live(news.get("at").toString()));
        assertThat(last.getBoolean("live")).isFalse();
        assertThat(last.getObject("steps").getString("drbd-step-1")).contains("was taken down while waiting");
        assertThat(steps().toString()).doesNotContain("progress", "doing");
    }

    @Test
    void runningSynchronisationOnAnAgentShowsItsProgress() throws Exception {
        CompletableFuture<Result> end = build.start("node {\n" + pipeline("drbdWaitSync 'r0'") + "\n}");
        awaitNode(end);
        assertThat(awaitProgress()).containsEntry("percent", 25.0);
        goOn.countDown();
        end.join();
    }

    // The lines of the node may arrive later than the node sends them
    @SuppressWarnings("unchecked")
    private Map<String, Object> awaitProgress() throws Exception {
        while (true) {
            Map<String, Object> step = steps().get(0);
            if (sv1(step).get(StepResult.PROGRESS) instanceof Map<?, ?> progress) {
                assertThat(step).containsEntry("running", true).containsEntry("step", "drbdWaitSync");
                return (Map<String, Object>) progress;
            }
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "node { %s }"})
    void abortedStepReportsItsFinishedAndRunningCommands(String place) throws Exception {
        String steps =
                String.format(place, pipeline("clusterExec script: 'noise 1', returnStatus: true\nclusterExec 'wait'"));
        CompletableFuture<Result> end = build.start(steps);
        awaitNode(end);
        build.abort();
        assertThat(end.join()).isEqualTo(Result.ABORTED);
        assertThat(steps()).hasSize(2);
        Map<String, Object> aborted = steps().get(1);
        assertThat(aborted)
                .containsEntry("step", "clusterExec")
                .containsEntry("script", "wait")
                .containsEntry("aborted", true)
                .containsEntry("error", "Aborted by alice");
        assertThat(sv1(aborted)).containsEntry("doing", "wait");
        assertThat(build.report().getSummary()).isEqualTo("2 steps: 1 changed, 1 aborted");
        assertThat(build.report().getBody()).contains("Aborted by alice", "dr-step-aborted");
    }

    @Test
    void stepInterruptedByARestartIsReportedAsCutOff() throws Exception {
        build.run(pipeline("clusterExec 'one'"));
        RunningStep before = new RunningStep("drbdInstall", Map.of(), false, List.of("sv1"), text -> text);
        build.report().file().begin("11111111-0000-4000-8000-000000000001", before.begun());
        assertThat(steps().get(1)).containsEntry("cutOff", true);
        assertThat(build.report().getSummary()).isEqualTo("2 steps: 1 changed, 1 cut off");
        assertThat(build.report().getBody()).contains("Jenkins stopped while this step ran");
    }

    @Test
    void stepThatReachedNoNodeHasAnEntry() throws Exception {
        String none = pipeline("clusterExec 'one'").replace("'root'", "'nobody'");
        assertThat(build.run(none)).isEqualTo(Result.FAILURE);
        assertThat(steps()).singleElement().satisfies(step -> assertThat(step)
                .containsEntry("script", "one")
                .hasEntrySatisfying(
                        "error", error -> assertThat((String) error).startsWith("There are no credentials 'nobody'")));
    }

    @Test
    void parallelStepsAreListedInTheOrderOfTheirStart() throws Exception {
        CompletableFuture<Result> end =
                build.start(pipeline("parallel a: { clusterExec 'wait' }, b: { echo 'b' }\nclusterExec 'last'"));
        awaitNode(end);
        goOn.countDown();
        end.join();
        assertThat(steps()).extracting(step -> step.get("script")).containsExactly("wait", "last");
    }

    @Test
    void reportThatCannotBeWrittenDoesNotFailTheStep() throws Exception {
        Files.createDirectory(build.build().getRootDir().toPath().resolve("drbd-ocfs2-steps.jsonl"));
        assertThat(build.run(pipeline("clusterExec 'one'"))).isEqualTo(Result.SUCCESS);
        assertThat(build.log()).contains("ERROR: The step could not be written to the report of the build: ");
        assertThat(node.scripts()).contains("one");
    }

    @Test
    void wholeOutputIsServedAsPlainText() throws Exception {
        build.run(pipeline("clusterExec script: 'noise 1', returnStatus: true"));
        TestResponse stdout = output("1", "sv1", "1", "stdout");
        assertThat(stdout.headers())
                .containsEntry("Content-Type", "text/plain;charset=UTF-8")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(stdout.text()).startsWith("<script>alert('noise 1')").hasLineCount(2000);
        assertThat(output("1", "sv1", "1", "stderr").text()).isEqualTo("\033[31mred\033[0m");
        assertThat(output("1", "sv1", "1", "command").text()).isEqualTo("noise 1");
        assertThat(JsonParser.object().from(output("1", null, null, null).text()))
                .containsEntry("script", "noise 1");
        for (TestResponse none : List.of(
                output("2", null, null, null),
                output("0", null, null, null),
                output("-1", "sv1", "1", "stdout"),
                output(null, "sv1", "1", "stdout"),
                output("99999999999999999999", "sv1", "1", "stdout"),
                output("1", "sv2", "1", "stdout"),
                output("1", "sv1", "2", "stdout"),
                output("1", "sv1", "x", "stdout"),
                output("1", "sv1", "1", "exitCode"),
                output("1", "sv1", "1", null))) {
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.text()).isEmpty();
        }
    }

    private TestResponse output(String step, String node, String command, String stream) throws Exception {
        TestResponse response = new TestResponse();
        build.report().doOutput(response.asResponse(), step, node, command, stream);
        return response;
    }

    @Test
    void pageLinksToTheWholeOutput() throws Exception {
        ReportLinks links = new ReportLinks();
        assertThat(links.output(3, "sv 1&<", 2, "stdout"))
                .isEqualTo("output?step=3&node=sv+1%26%3C&command=2&stream=stdout");
        assertThat(links.step(3)).isEqualTo("output?step=3");
    }

    // The exporter of Stapler, which Jenkins uses for api/json
    @Test
    void reportIsExportedAsJson() throws Exception {
        build.run(pipeline("clusterExec script: 'noise 1', returnStatus: true\nclusterExec 'two'"));
        JsonObject own = exported(1);
        assertThat(own.getString("summary")).isEqualTo("2 steps: 2 changed");
        JsonArray steps = own.getArray("steps");
        assertThat(steps).hasSize(2);
        JsonObject command = steps.getObject(0)
                .getObject("nodes")
                .getObject("sv1")
                .getArray("commands")
                .getObject(0);
        assertThat(command.getInt("exitCode")).isEqualTo(3);
        assertThat(command.getString("stdout")).startsWith("<script>");
        assertThat(steps.getObject(1).getBoolean("changed")).isTrue();
        assertThat(exported(2))
                .as("as one of the build's actions")
                .containsKey("summary")
                .doesNotContainKey("steps");
        assertThat(build.report().getApi().bean).isSameAs(build.report());
    }

    private JsonObject exported(int depth) throws Exception {
        Model<ReportAction> model = new ModelBuilder().get(ReportAction.class);
        StringWriter json = new StringWriter();
        model.writeTo(
                build.report(),
                new TreePruner.ByDepth(depth),
                Flavor.JSON.createDataWriter(build.report(), json, new ExportConfig()));
        return JsonParser.object().from(json.toString());
    }

    @Test
    void sidePanelLinksToTheReport() throws Exception {
        build.run(pipeline("clusterExec 'one'"));
        assertThat(build.report().getUrlName()).isEqualTo("drbd-ocfs2");
        assertThat(build.report().getIconFileName()).startsWith("symbol-");
        assertThat(build.report().getDisplayName()).isEqualTo("DRBD and OCFS2");
        assertThat(build.report().getRun()).isSameAs(build.build());
    }
}
