package io.jenkins.plugins.drbdocfs2;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Declarative Pipelines, in the sandbox. */
@WithJenkins
@Timeout(300)
class DeclarativeTest {
    @Test
    void blockStandsInStepsAndInPost(JenkinsRule r) throws Exception {
        assumeTrue(
                r.jenkins.getPlugin("pipeline-model-definition") != null, "pipeline-model-definition is not installed");
        r.createOnlineSlave(Label.get("storage"));
        Nodes.addCredentials();
        try (SshNode sv1 = new SshNode("sv1")) {
            WorkflowJob job = r.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    """
                    pipeline {
                        agent { label 'storage' }
                        stages {
                            stage('work') {
                                steps {
                                    %s
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
                                    Nodes.block("clusterExec script: 'uname -n', changed: false\ndrbdStatus()", sv1),
                                    Nodes.block("clusterExec 'echo \"afterwards on $(uname -n)\"'", sv1)),
                    true));
            r.assertLogContains("afterwards on sv1", r.buildAndAssertStatus(Result.SUCCESS, job));
        }
    }
}
