package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.EnvVars;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.util.Secret;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.jenkins.StepRefusedException;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pipelines in the sandbox, on the controller and on agents, with SSH servers in the test's process as nodes. */
@WithJenkins
@Timeout(300)
class PipelineTest {
    private JenkinsRule r;
    private SshNode sv1;
    private SshNode sv2;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        sv1 = new SshNode("sv1");
        sv2 = new SshNode("sv2");
        Nodes.addCredentials();
    }

    @AfterEach
    void stop() throws IOException {
        sv1.close();
        sv2.close();
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun begin(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        return r.buildAndAssertStatus(result, job(script));
    }

    private WorkflowRun end(Result result, WorkflowRun run) throws Exception {
        return r.assertBuildStatus(result, r.waitForCompletion(run));
    }

    private DumbSlave agent(String options) throws Exception {
        return r.createOnlineSlave(Label.get("remote"), new EnvVars("JAVA_TOOL_OPTIONS", options));
    }

    @Test
    void aBuildThatWouldChangeANodeWaitsForTheBuildThatDoes() throws Exception {
        Path go = folder.resolve("go");
        WorkflowRun first =
                begin(Nodes.block("clusterExec 'echo begun; until [ -e " + go + " ]; do sleep 0.1; done'", sv1));
        r.waitForMessage("sv1| begun", first);
        WorkflowRun second = begin(Nodes.block("clusterExec 'echo other'", sv1));
        r.waitForMessage("clusterExec: waiting for " + first.getFullDisplayName() + ", which changes sv1", second);
        FlowNode waiting = new DepthFirstScanner().findFirstMatch(second.getExecution(), PauseAction::isPaused);
        assertThat(PauseAction.getCurrentPause(waiting).getCause()).contains("which changes sv1");

        Files.createFile(go);

        end(Result.SUCCESS, first);
        end(Result.SUCCESS, second);
        r.assertLogContains("sv1| other", second);
        assertThat(PauseAction.isPaused(waiting)).isFalse();
    }

    // The folder is the home of the agent only, so all files in it are written by the agent
    @Test
    void stepsOnAnAgentConnectFromTheAgent() throws Exception {
        agent("-Duser.home=" + folder);
        WorkflowRun run = run(
                Result.SUCCESS,
                """
                def kept
                node('remote') {
                    withClusterNodes(nodes: %s, credentialsId: 'cluster-root', hostKeys: acceptFirstConnection()) {
                        kept = clusterExec(script: 'uname -n', changed: false)
                        assert !kept.changed && !kept.dryRun && kept.nodes.sv1.exitCode == 0
                        kept.nodes.each { name, found -> echo "${name} says ${found.stdout.trim()}" }
                        assert kept.nodes.keySet().sort().join(' ') == 'sv1 sv2'
                        assert clusterExec(script: 'exit 3', nodes: 'sv2', returnStatus: true).nodes.collect { it.value.exitCode } == [3]
                    }
                }
                assert kept.nodes.sv2.commands[0].command == 'uname -n'
                """
                        .formatted(SshNode.list(sv1, sv2)));

        r.assertLogContains("sv1 says sv1", run);
        r.assertLogContains("sv2 says sv2", run);
        assertThat(JenkinsRule.getLog(run))
                .as("the lines of a step before those of the next, though they come from the agent")
                .containsSubsequence("    sv1| sv1\n", "clusterExec uname -n: unchanged", "[Pipeline] echo");
        assertThat(Files.readString(folder.resolve(".ssh/known_hosts")))
                .contains(sv1.hostKey().split(" ")[1])
                .contains(sv2.hostKey().split(" ")[1]);
        assertThat(sv1.logins()).as("one connection for the whole block").isEqualTo(1);
        sv1.awaitNoConnection();
        assertThat(run.getAction(ReportAction.class).getSummary()).isEqualTo("2 steps: 1 changed, 1 unchanged");
    }

    @Test
    void configuredClusterIsUsedByName() throws Exception {
        NamedCluster cluster = new NamedCluster("storage");
        cluster.setNodes(List.of(Nodes.node(sv1), Nodes.node(sv2)));
        cluster.setCredentialsId(Nodes.CREDENTIALS);
        cluster.setHostKeys(Nodes.keysOf(sv1, sv2));
        ClusterConfiguration.get().setClusters(List.of(cluster));

        run(
                Result.SUCCESS,
                "withClusterNodes(cluster: 'storage') {\n"
                        + "assert clusterExec('uname -n').nodes.sv2.stdout == 'sv2\\n' }");
        r.assertLogContains(
                "must be the name of a configured cluster (storage)",
                run(Result.FAILURE, "withClusterNodes(cluster: 'other') { clusterCheck() }"));
        r.assertLogContains(
                "be given alone, without nodes",
                run(Result.FAILURE, "withClusterNodes(cluster: 'storage', nodes: " + SshNode.list(sv1) + ") {}"));
    }

    @Test
    void mistakesAreReportedInTheLog() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("text-secret")));
        store.save();
        String nodes = "nodes: " + SshNode.list(sv1);
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put(
                "clusterCheck()",
                "Perhaps you forgot to surround the clusterCheck step with a step that provides this, such as:"
                        + " withClusterNodes");
        mistakes.put("withClusterNodes { clusterCheck() }", "withClusterNodes: nodes ");
        mistakes.put(Nodes.block("drbdPromote(resource: 'r0')", sv1), "drbdPromote r0: node must be given");
        mistakes.put(Nodes.block("drbdPromote(node: 'sv1')", sv1), "drbdPromote sv1: resource must begin with");
        mistakes.put(Nodes.block("clusterExec()", sv1), "clusterExec: script must be given");
        mistakes.put(
                Nodes.block("filesystemFormat(device: '/dev/drbd0', type: 'zfs')", sv1),
                "type must be one of xfs, ext4, but is 'zfs'");
        mistakes.put(
                Nodes.block(
                        "drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/sdb', protocol: 'D')",
                        sv1),
                "protocol must be one of A, B, C, but is 'D'");
        mistakes.put(
                "withClusterNodes(" + nodes + ") { clusterCheck() }",
                "There are no credentials for the node sv1: set credentialsId");
        mistakes.put(
                "withClusterNodes(" + nodes + ", credentialsId: 'nobody') { clusterCheck() }",
                "There are no credentials 'nobody' that this build may use for the node sv1 (127.0.0.1). Expected: SSH"
                        + " Username with private key, or Username with password");
        mistakes.put(
                "withClusterNodes(" + nodes + ", credentialsId: 'text') { clusterCheck() }",
                "The credentials 'text' for the node sv1 are of the kind 'Secret text', which SSH cannot use. Expected:"
                        + " SSH Username with private key, or Username with password");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            r.assertLogContains(mistake.getValue(), run(Result.FAILURE, mistake.getKey()));
        }
        assertThat(sv1.logins())
                .as("nothing of it needed a node but to be asked")
                .isLessThanOrEqualTo(5);
    }

    @Test
    void refusalIsReadInTheSandbox() throws Exception {
        String block = Nodes.block(
                """
                try {
                    clusterExec('true')
                } catch (err) {
                    kept = err
                }
                """,
                sv1);
        WorkflowRun run = run(
                Result.SUCCESS,
                "import " + StepRefusedException.class.getName() + "\ndef kept\n"
                        + block.replace("name: 'sv1'", "name: 'sv9'")
                        + """
                        sleep(time: 1, unit: 'MILLISECONDS')
                        assert kept instanceof StepRefusedException
                        assert kept.refusals[0].id == 'node.other-name' && kept.refusals[0].node == 'sv9'
                        assert kept.refusals.every { it.finding && it.loss && it.remedy && !it.allowedBy }
                        echo kept.message
                        """);

        r.assertLogContains("clusterExec true: sv9: `uname -n` at 127.0.0.1 port", run);
    }

    @Test
    void stepsWorkInBlocksOfOtherSteps() throws Exception {
        Path tries = folder.resolve("tries");
        WorkflowRun run = run(
                Result.ABORTED,
                "parallel one: { " + Nodes.block("clusterExec 'uname -n'", sv1) + " },\ntwo: { "
                        + Nodes.block(
                                Nodes.block("clusterExec 'uname -n'", sv1) + "\nclusterExec 'echo outer; uname -n'",
                                sv2)
                        + " }\n"
                        + Nodes.block(
                                """
                                retry(2) {
                                    assert clusterExec('echo x >> %1$s; [ $(wc -l < %1$s) -ge 2 ]').nodes.sv1.exitCode == 0
                                }
                                catchError {
                                    timeout(time: 3, unit: 'SECONDS') { clusterExec 'sleep 600' }
                                }
                                catchError(buildResult: 'SUCCESS', catchInterruptions: false) {
                                    clusterExec(script: 'sleep 600', timeoutSeconds: 1)
                                }
                                echo 'went on'
                                """
                                        .formatted(tries),
                                sv1));

        r.assertLogContains("went on", run);
        r.assertLogContains("Timeout has been exceeded", run);
        r.assertLogNotContains("java.lang.InterruptedException", run);
        assertThat(Files.readAllLines(tries)).hasSize(2);
        assertThat(run.getAction(ReportAction.class).getSummary()).isEqualTo("7 steps: 5 changed, 1 failed, 1 aborted");
    }

    @Test
    void abortEndsTheStepAndItsCommandsOnTheNode() throws Exception {
        agent("");
        Path started = folder.resolve("started");
        String sleep = "clusterExec '''echo $$ > %s; sleep 600'''".formatted(started);
        for (String script : List.of(Nodes.block(sleep, sv1), "node('remote') {" + Nodes.block(sleep, sv1) + "}")) {
            Files.deleteIfExists(started);
            WorkflowRun run = begin(script);
            long process = SshNode.awaitProcess(started);

            run.getExecutor().interrupt();

            end(Result.ABORTED, run);
            ProcessHandle.of(process).ifPresent(left -> left.onExit().join());
            sv1.awaitNoConnection();
            assertThat(run.getAction(ReportAction.class).getSummary()).isEqualTo("1 step: 1 aborted");
        }
    }

    @Test
    void lostAgentFailsTheStepAndEndsItsCommandsOnTheNode() throws Exception {
        DumbSlave agent = agent("");
        sv1.hold();
        WorkflowRun run = begin("node('remote') {" + Nodes.block("clusterCheck()", sv1) + "}");
        sv1.awaitQuestion();

        agent.toComputer().disconnect(new OfflineCause.ByCLI("gone")).get();

        end(Result.FAILURE, run);
        r.assertLogContains("The connection to the agent was lost during this step", run);
        sv1.awaitNoConnection();
        assertThat(run.getAction(ReportAction.class).getSummary()).isEqualTo("1 step: 1 failed");
    }

    @Test
    void secretsAreStoredNowhereAndTheUseOfCredentialsIsRecorded() throws Exception {
        DumbSlave agent = agent("");
        Files.createDirectories(Path.of(agent.getRemoteFS()));
        String sent = "node('remote') {" + Nodes.block("clusterExec 'echo " + "$0" + "'", sv1) + "}";
        WorkflowRun run = run(Result.SUCCESS, sent + "\n" + Nodes.block("drbdStatus()", sv2));

        String encoded = Base64.getEncoder().encodeToString(SshNode.PASSWORD.getBytes(StandardCharsets.UTF_8));
        for (Path place : List.of(run.getParent().getRootDir().toPath(), Path.of(agent.getRemoteFS()))) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                            .as(file.toString())
                            .doesNotContain(SshNode.PASSWORD, SshNode.PASSWORD.replace("'", "'\\''"), encoded);
                }
            }
        }
        String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertThat(xml).contains("<" + ReportAction.class.getName() + "/>").doesNotContain("<step>", "exitCode");
        var credentials = CredentialsMatchers.firstOrNull(
                SystemCredentialsProvider.getInstance().getCredentials(),
                CredentialsMatchers.withId(Nodes.CREDENTIALS));
        assertThat(CredentialsProvider.getOrCreateFingerprintOf(credentials).getJobs())
                .containsExactly(run.getParent().getFullName());
    }

    @Test
    void aNodeThatDoesNotAnswerMakesTheBuildUnstable() throws Exception {
        SshNode dead = new SshNode("sv3");
        dead.close();
        WorkflowRun run = run(
                Result.UNSTABLE,
                Nodes.block(
                        """
                        def health = clusterHealth(onProblem: 'unstable')
                        assert !health.healthy
                        assert health.problems[0].id == 'node.not-reachable'
                        assert health.problems[0].node == 'sv3' && health.problems[0].severity == 'critical'
                        echo 'went on'
                        """,
                        sv1,
                        dead));

        r.assertLogContains("went on", run);
        FlowNode marked = onlyMarked(run);
        assertThat(marked.getDisplayFunctionName()).isEqualTo("clusterHealth");
        assertThat(marked.getPersistentAction(WarningAction.class).getMessage()).contains("sv3");
    }

    @Test
    void aStepThatWouldChangeANodeMakesTheBuildUnstable() throws Exception {
        String block = Nodes.block(
                """
                clusterExec(script: 'uname -n', changed: false)
                clusterExec 'echo changed'
                echo 'went on'
                """,
                sv1);
        WorkflowRun run = run(
                Result.UNSTABLE,
                block.replace("withClusterNodes(", "withClusterNodes(dryRun: true, onDrift: 'unstable', "));

        r.assertLogContains("went on", run);
        assertThat(onlyMarked(run).getPersistentAction(WarningAction.class).getMessage())
                .contains("would change sv1");
    }

    /** The only step with a warning. */
    private static FlowNode onlyMarked(WorkflowRun run) {
        return new DepthFirstScanner()
                        .filteredNodes(
                                run.getExecution(), node -> node.getPersistentAction(WarningAction.class) != null)
                        .stream()
                        .reduce((one, other) -> {
                            throw new AssertionError("both " + one + " and " + other + " are marked");
                        })
                        .orElseThrow();
    }
}
