package io.jenkins.plugins.drbdocfs2.runner;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** An asynchronous step that a test ends; the test also sees its start and the cause of its stop. */
public final class WaitStep extends Step {
    private static final Map<String, WaitStep> STEPS = new ConcurrentHashMap<>();

    private final String name;
    final CompletableFuture<StepContext> started;
    final CompletableFuture<Throwable> stopped;

    /** Takes the mandatory parameter. */
    @DataBoundConstructor
    public WaitStep(String name) {
        this(name, named(name).started, named(name).stopped);
    }

    private WaitStep(String name, CompletableFuture<StepContext> started, CompletableFuture<Throwable> stopped) {
        this.name = name;
        this.started = started;
        this.stopped = stopped;
    }

    /** The control of the step with a name, before or after its start; a name is used once. */
    static WaitStep named(String name) {
        return STEPS.computeIfAbsent(name, n -> new WaitStep(n, new CompletableFuture<>(), new CompletableFuture<>()));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, name);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final String name;

        Execution(StepContext context, String name) {
            super(context);
            this.name = name;
        }

        @Override
        public boolean start() {
            named(name).started.completeAsync(this::getContext);
            return false;
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            named(name).stopped.complete(cause);
            super.stop(cause);
        }
    }

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "waitFor";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
