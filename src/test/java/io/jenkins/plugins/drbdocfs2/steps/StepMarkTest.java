package io.jenkins.plugins.drbdocfs2.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildParameters;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalJob;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepMarkTest {
    @TempDir
    private Path directory;

    @Test
    void marksTheStepAndTheBuild() throws Exception {
        FlowNode step = new FlowNode("1", List.of()) {
            @Override
            protected String getTypeDisplayName() {
                return "step";
            }

            @Override
            public void save() {}
        };
        LocalRun run = new LocalRun(new LocalJob("job", directory.toFile()), new BuildParameters(Map.of()));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(log, true, StandardCharsets.UTF_8);
        StepMark mark = new StepMark(new Context(
                Map.of(FlowNode.class, step, Run.class, run, TaskListener.class, (TaskListener) () -> printed)));

        mark.set(Result.UNSTABLE, "1 problem");

        WarningAction warning = step.getAction(WarningAction.class);
        assertThat(warning.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(warning.getMessage()).isEqualTo("1 problem");
        assertThat(run.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("WARNING: 1 problem\n");
    }

    private static final class Context extends StepContext {
        private static final long serialVersionUID = 1L;
        private final transient Map<Class<?>, Object> values;

        Context(Map<Class<?>, Object> values) {
            this.values = values;
        }

        @Override
        public <T> T get(Class<T> key) {
            return key.cast(values.get(key));
        }

        @Override
        public void onSuccess(Object result) {}

        @Override
        public void onFailure(Throwable t) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setResult(Result r) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
