package io.jenkins.plugins.drbdocfs2.freestyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Descriptor;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.ManuallyProvidedKeysStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.runner.build.AgentChannel;
import io.jenkins.plugins.drbdocfs2.steps.ClusterExecStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdPromoteStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdStatusStep;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.StaplerRequest2;

/** The build step in builds, from an agent. */
@Timeout(120)
class ClusterBuilderTest {
    @TempDir
    private Path directory;

    private final AgentChannel agent = new AgentChannel();
    private SshNode sv1;
    private AutoCloseable credentials;
    private FreestyleBuild build;

    @BeforeEach
    void start() throws Exception {
        sv1 = new SshNode("sv1");
        credentials = FreestyleBuild.credentials(directory);
        build = new FreestyleBuild(Files.createDirectory(directory.resolve("job")));
    }

    @AfterEach
    void stop() throws Exception {
        credentials.close();
        agent.close();
        sv1.close();
    }

    private ClusterBuilder builder(Step... steps) {
        ClusterNode node = new ClusterNode("sv1", "127.0.0.1");
        node.setPort(sv1.port());
        ClusterBuilder builder = new ClusterBuilder();
        builder.setNodes(List.of(node));
        builder.setCredentialsId("cluster-root");
        builder.setHostKeys(new ManuallyProvidedKeysStrategy(sv1.hostKey()));
        builder.setSteps(List.of(steps));
        return builder;
    }

    @Test
    void runsTheStepsInOrderOverOneConnectionAndReportsThem() throws Exception {
        build.perform(
                builder(new ClusterExecStep("echo ${WORD} $WORD"), new DrbdStatusStep(null)),
                agent,
                new EnvVars("WORD", "yes"));

        ReportAction report = build.getAction(ReportAction.class);
        assertThat(report.getSteps())
                .extracting(step -> step.get("step"), step -> step.get("script"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("clusterExec", "echo yes $WORD"),
                        org.assertj.core.groups.Tuple.tuple("drbdStatus", null));
        assertThat(build.log()).contains("sv1| yes");
        assertThat(sv1.logins()).isEqualTo(1);
        sv1.awaitNoConnection();
    }

    /** A request whose form makes an object. */
    private static StaplerRequest2 form(ClusterBuilder made) {
        return (StaplerRequest2) Proxy.newProxyInstance(
                StaplerRequest2.class.getClassLoader(),
                new Class<?>[] {StaplerRequest2.class},
                (self, method, given) -> made);
    }

    @Test
    void jobIsNotSavedWithAnEmptyMandatoryField() throws Exception {
        ClusterBuilder.DescriptorImpl descriptor = ExtensionList.lookupSingleton(ClusterBuilder.DescriptorImpl.class);
        ClusterBuilder complete = builder(new DrbdPromoteStep("$RESOURCE", "sv1"), new DrbdStatusStep(""));
        assertThat(descriptor.newInstance(form(complete), new JSONObject())).isSameAs(complete);

        ClusterBuilder withoutNode = builder(new DrbdPromoteStep("$RESOURCE", " "));
        assertThatThrownBy(() -> descriptor.newInstance(form(withoutNode), new JSONObject()))
                .isInstanceOf(Descriptor.FormException.class)
                .hasMessage("Promote a DRBD resource to Primary: Node must not be empty.");

        ClusterBuilder withoutHost = builder(new DrbdStatusStep(null));
        withoutHost.setNodes(List.of(new ClusterNode("sv1", "")));
        assertThatThrownBy(() -> descriptor.newInstance(form(withoutHost), new JSONObject()))
                .isInstanceOf(Descriptor.FormException.class)
                .hasMessage("Node: Host must not be empty.");
    }

    @Test
    void variableOfTheBuildMakesAllStepsDryRuns() throws Exception {
        Path file = directory.resolve("changed");
        build.perform(builder(new ClusterExecStep("touch " + file)), agent, new EnvVars("DRBD_OCFS2_DRY_RUN", "true"));

        assertThat(file).doesNotExist();
        assertThat(build.getAction(ReportAction.class).getSteps())
                .singleElement()
                .satisfies(step -> assertThat(step).containsEntry("dryRun", true));
    }

    @Test
    void stepThatFailsEndsTheBuildAndTheConnections() throws Exception {
        ClusterExecStep slow = new ClusterExecStep("sleep 600");
        slow.setTimeoutSeconds(1);

        assertThatThrownBy(() -> build.perform(builder(slow, new DrbdStatusStep(null)), agent, new EnvVars()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("the script ran longer than 1 s");
        assertThat(build.getAction(ReportAction.class).getSummary()).isEqualTo("1 step: 1 failed");
        sv1.awaitNoConnection();
    }

    @Test
    void abortEndsTheStep() throws Exception {
        sv1.hold();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> {
                    worker.complete(Thread.currentThread());
                    try {
                        build.perform(builder(new DrbdStatusStep(null)), agent, new EnvVars());
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                Threads.ONE_EACH);
        CompletableFuture.anyOf(end, CompletableFuture.runAsync(this::awaitQuestion, Threads.ONE_EACH))
                .join();

        worker.join().interrupt();

        assertThatThrownBy(end::join).hasCauseInstanceOf(InterruptedException.class);
        assertThat(build.getAction(ReportAction.class).getSummary()).isEqualTo("1 step: 1 aborted");
        sv1.awaitNoConnection();
    }

    private void awaitQuestion() {
        try {
            sv1.awaitQuestion();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void mistakesAreReported() {
        assertThatThrownBy(() -> build.perform(builder(), agent, new EnvVars()))
                .hasMessage("drbdOcfs2Cluster: there are no steps. Add at least one to the build step");
        assertThatThrownBy(() -> build.perform(builder(new WithClusterNodesStep()), agent, new EnvVars()))
                .hasMessageContaining("withClusterNodes is not a step for the nodes of a cluster");
        ClusterBuilder both = builder(new DrbdStatusStep(null));
        both.setCluster("storage");
        assertThatThrownBy(() -> build.perform(both, agent, new EnvVars()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("drbdOcfs2Cluster: cluster must be given alone, without nodes");
        ClusterExecStep nowhere = new ClusterExecStep("true");
        nowhere.setNodes(",");
        assertThatThrownBy(() -> build.perform(builder(nowhere), agent, new EnvVars()))
                .hasMessageContaining("nodes does not name any node");
        assertThat(build.getActions(Action.class)).isEmpty();
        assertThat(sv1.logins()).isZero();
    }

    @Test
    void formOffersTheStepsForNodes() {
        ClusterBuilder.DescriptorImpl descriptor = ExtensionList.lookupSingleton(ClusterBuilder.DescriptorImpl.class);
        assertThat(descriptor.getStepsDescriptors())
                .extracting(StepDescriptor::getFunctionName)
                .hasSize(32)
                .contains("drbdPromote", "clusterExec")
                .doesNotContain("withClusterNodes", "echo");
    }
}
