package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.drbdocfs2.freestyle.ClusterBuilder;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.steps.ClusterCheckStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterExecStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdCreateResourceStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdStatusStep;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build step of freestyle jobs: its form and its builds. */
@WithJenkins
@Timeout(300)
class FreestyleTest {
    private JenkinsRule r;
    private SshNode sv1;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        sv1 = new SshNode("sv1");
        Nodes.addCredentials();
    }

    @AfterEach
    void stop() throws IOException {
        sv1.close();
    }

    private ClusterBuilder builder(Step... steps) {
        ClusterBuilder builder = new ClusterBuilder();
        builder.setNodes(List.of(Nodes.node(sv1)));
        builder.setCredentialsId(Nodes.CREDENTIALS);
        builder.setHostKeys(Nodes.keysOf(sv1));
        builder.setSteps(List.of(steps));
        return builder;
    }

    private FreeStyleProject job(ClusterBuilder builder) throws Exception {
        FreeStyleProject job = r.createFreeStyleProject();
        job.getBuildersList().add(builder);
        return job;
    }

    @Test
    void formOfTheJobKeepsTheBuildStep() throws Exception {
        DrbdCreateResourceStep create = new DrbdCreateResourceStep("r0");
        create.setDevice("/dev/drbd0");
        create.setDisk("/dev/sys/${DISK}");
        create.setDualPrimary(true);
        ClusterExecStep exec = new ClusterExecStep("uptime\nuname -a");
        exec.setNodes("sv1");
        exec.setDryRun(true);
        ClusterBuilder full = builder(new ClusterCheckStep(), create, exec, new DrbdStatusStep("r0"));
        full.setConnectTimeoutSeconds(7);
        full.setDryRun(true);
        r.assertEqualDataBoundBeans(full, r.configRoundtrip(full));

        ClusterConfiguration.get().setClusters(List.of(new NamedCluster("storage")));
        ClusterBuilder named = new ClusterBuilder();
        named.setCluster("storage");
        named.setSteps(List.of(new DrbdStatusStep(null)));
        r.assertEqualDataBoundBeans(named, r.configRoundtrip(named));
    }

    @Test
    void stepsRunInOrderFromTheAgentWithTheVariablesOfTheBuild() throws Exception {
        DumbSlave agent = r.createOnlineSlave();
        ClusterExecStep exec =
                new ClusterExecStep("text=own; echo ${GREETING} $text \"$GREETING\" > " + folder + "/${OUT}");
        exec.setNodes("$WHICH");
        ClusterNode node = new ClusterNode("${WHICH}", "127.0.0.1");
        node.setPort(sv1.port());
        ClusterBuilder builder = builder(exec, new DrbdStatusStep(null));
        builder.setNodes(List.of(node));
        FreeStyleProject job = job(builder);
        job.setAssignedNode(agent);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("WHICH", "sv1"),
                new StringParameterDefinition("OUT", "said"),
                new StringParameterDefinition("GREETING", "hello")));

        FreeStyleBuild build = r.buildAndAssertSuccess(job);

        assertThat(folder.resolve("said")).content().isEqualTo("hello own \n");
        assertThat(build.getAction(ReportAction.class).getSummary()).isEqualTo("2 steps: 1 changed, 1 unchanged");
        assertThat(sv1.logins()).as("one connection for all steps").isEqualTo(1);
        sv1.awaitNoConnection();
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")))
                .contains("<" + ReportAction.class.getName() + "/>")
                .doesNotContain(SshNode.PASSWORD, "text=own");
        assertThat(job.getConfigFile().asString())
                .doesNotContain(SshNode.PASSWORD)
                .contains("${GREETING}");
    }

    @Test
    void failedOrInvalidStepEndsTheBuild() throws Exception {
        DrbdCreateResourceStep wrong = new DrbdCreateResourceStep("r0");
        wrong.setDevice("/dev/drbd0");
        wrong.setDisk("/dev/sdb");
        wrong.setProtocol("D");
        FreeStyleBuild failed = r.buildAndAssertStatus(
                Result.FAILURE, job(builder(wrong, new ClusterExecStep("touch " + folder + "/x"))));
        r.assertLogContains("drbdCreateResource r0: protocol must be ", failed);
        assertThat(folder.resolve("x")).doesNotExist();

        r.assertLogContains(
                "drbdOcfs2Cluster: there are no steps. Add at least one to the build step",
                r.buildAndAssertStatus(Result.FAILURE, job(builder())));
        ClusterBuilder none = builder(new ClusterCheckStep());
        none.setNodes(List.of());
        r.assertLogContains("drbdOcfs2Cluster: nodes ", r.buildAndAssertStatus(Result.FAILURE, job(none)));
    }

    @Test
    void abortEndsTheBuild() throws Exception {
        sv1.hold();
        FreeStyleProject job = job(builder(new DrbdStatusStep(null)));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        sv1.awaitQuestion();

        build.doStop();

        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(build));
        sv1.awaitNoConnection();
        assertThat(build.getAction(ReportAction.class).getSummary()).isEqualTo("1 step: 1 aborted");
    }

    @Test
    void isNoStepOfPipelines() throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node { drbdOcfs2Cluster(nodes: " + SshNode.list(sv1) + ", credentialsId: 'cluster-root') }", true));
        r.assertLogContains("No such DSL method 'drbdOcfs2Cluster'", r.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(sv1.logins()).isZero();
    }

    // Only Groovy expands variables in a Pipeline
    @Test
    void valuesAreNotExpandedInPipelines() throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "withEnv(['WORD=wrong']) { "
                        + Nodes.block(
                                "assert clusterExec('echo \"<${WORD:-mine}>\"').nodes.sv1.stdout == '<mine>\\n'", sv1)
                        + " }",
                true));
        r.buildAndAssertSuccess(job);
    }
}
