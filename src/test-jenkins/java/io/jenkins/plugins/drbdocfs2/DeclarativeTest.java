package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Declarative Pipelines, in the sandbox. */
@WithJenkins
@Timeout(300)
class DeclarativeTest {
    private JenkinsRule r;
    private SshNode sv1;
    private SshNode sv2;

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

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.buildAndAssertStatus(result, job);
    }

    @Test
    void blockWorksInStepsAndInPost() throws Exception {
        r.createOnlineSlave(Label.get("storage"));
        WorkflowRun run = run(
                Result.SUCCESS,
                """
                pipeline {
                    agent { label 'storage' }
                    options { timeout(time: 5, unit: 'MINUTES') }
                    stages {
                        stage('work') {
                            steps {
                                %s
                            }
                        }
                        stage('side by side') {
                            parallel {
                                stage('one') { steps { %s } }
                                stage('two') { steps { %s } }
                            }
                        }
                    }
                    post {
                        always {
                            %s
                        }
                    }
                }
                """
                        .formatted(
                                Nodes.block(
                                        """
                                        clusterExec script: 'uname -n', changed: false
                                        drbdStatus ''
                                        script {
                                            def status = ocfs2Status()
                                            assert !status.changed && status.nodes.containsKey('sv1')
                                        }
                                        """,
                                        sv1),
                                Nodes.block("clusterExec 'uname -n'", sv1),
                                Nodes.block("clusterExec 'uname -n'", sv2),
                                Nodes.block("clusterExec 'echo \"afterwards on $(uname -n)\"'", sv1)));

        r.assertLogContains("sv1| afterwards on sv1", run);
        assertThat(run.getAction(ReportAction.class).getSummary()).startsWith("6 steps: 3 changed, 3 unchanged");
    }

    @Test
    void environmentMakesADryRunOfAStage() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                """
                pipeline {
                    agent none
                    stages {
                        stage('look') {
                            environment { DRBD_OCFS2_DRY_RUN = 'true' }
                            steps { %s }
                        }
                    }
                }
                """
                        .formatted(Nodes.block("clusterExec 'echo ran'", sv1)));

        r.waitForMessage("would run the script", run);
        assertThat(run.getAction(ReportAction.class).getSummary()).isEqualTo("1 step: 1 would change");
    }

    @Test
    void mistakesAreReportedBeforeAnythingRuns() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                """
                pipeline {
                    agent none
                    stages {
                        stage('work') {
                            steps { %s }
                        }
                    }
                }
                """
                        .formatted(Nodes.block(
                                """
                                clusterExec 'uname -n'
                                drbdPromote(resource: 'r0')
                                drbdStatus(resorce: 'r0')
                                drbdWaitSync(resource: 'r0', stallSeconds: 'long')
                                """,
                                sv1)));

        r.assertLogContains("Missing required parameter: \"node\"", run);
        r.assertLogContains("Invalid parameter \"resorce\", did you mean \"resource\"?", run);
        r.assertLogContains("Expecting \"int\" for parameter \"stallSeconds\"", run);
        assertThat(sv1.logins()).isZero();
    }
}
