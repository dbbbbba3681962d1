package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A restart of the controller while a step runs. */
@Timeout(300)
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    private SshNode sv1;

    @BeforeEach
    void start() throws IOException {
        sv1 = new SshNode("sv1");
    }

    @AfterEach
    void stop() throws IOException {
        sv1.close();
    }

    private static void begin(JenkinsRule r, String script) throws Exception {
        Nodes.addCredentials();
        WorkflowJob job = r.createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun end(JenkinsRule r, Result result) throws Exception {
        WorkflowRun run = r.jenkins.getItemByFullName("web", WorkflowJob.class).getBuildByNumber(1);
        return r.assertBuildStatus(result, r.waitForCompletion(run));
    }

    @Test
    void stepAndItsConnectionStartAgain() throws Throwable {
        sv1.hold();
        session.then(r -> {
            begin(
                    r,
                    Nodes.block(
                            """
                            def r = drbdStatus()
                            assert r.step == 'drbdStatus' && !r.changed
                            echo "after it: ${r.nodes.keySet()}"
                            assert clusterExec(script: 'uname -n', changed: false).nodes.sv1.stdout == 'sv1\\n'
                            """,
                            sv1));
            sv1.awaitQuestion();
        });
        sv1.disconnect(); // as when the process of Jenkins ends
        sv1.awaitNoConnection();
        sv1.release();
        session.then(r -> {
            WorkflowRun run = end(r, Result.SUCCESS);
            r.assertLogContains("after it: [sv1]", run);
            assertThat(run.getAction(ReportAction.class).getSummary()).startsWith("3 steps: 2 unchanged, 1 ");
        });
        assertThat(sv1.logins()).isEqualTo(2);
    }

    @Test
    void userScriptDoesNotRunTwice() throws Throwable {
        Path ran = folder.resolve("ran");
        session.then(r -> {
            begin(r, Nodes.block("clusterExec '''echo x >> " + ran + "; sleep 600'''", sv1));
            while (!Files.exists(ran)) {
                Thread.onSpinWait();
            }
        });
        session.then(r -> {
            WorkflowRun run = end(r, Result.FAILURE);
            r.assertLogContains("Jenkins restarted while this step ran", run);
            assertThat(Files.readAllLines(ran)).hasSize(1);
        });
    }
}
