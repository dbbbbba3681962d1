package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.Continuable;
import groovy.lang.GroovyObjectSupport;
import hudson.model.Describable;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.binding.Model;
import io.jenkins.plugins.drbdocfs2.runner.binding.SymbolCall;
import io.jenkins.plugins.drbdocfs2.runner.binding.Symbols;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The names that a script can call: steps, then symbols. */
public final class Steps extends GroovyObjectSupport {
    private static final List<String> GLOBALS = List.of("currentBuild", "env", "params", "pipeline", "steps");

    private final Program program;
    private final Map<String, StepDescriptor> byName = new TreeMap<>();

    /** The steps of a program. */
    public Steps(Program program) {
        this.program = program;
        StepDescriptor.all().forEach(descriptor -> byName.putIfAbsent(descriptor.getFunctionName(), descriptor));
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        StepDescriptor descriptor = byName.get(name);
        if (descriptor != null) {
            return invokeStep(descriptor, arguments);
        }
        if (Symbols.find(Describable.class, name) != null) {
            return new SymbolCall(
                    name,
                    Arguments.parse(arguments, false, Model.ANONYMOUS, false).named());
        }
        throw new NoSuchMethodError("No such DSL method '" + name + "' found among steps " + byName.keySet()
                + " or symbols " + Symbols.all() + " or globals " + GLOBALS);
    }

    private Object invokeStep(StepDescriptor descriptor, Object given) {
        Arguments arguments = arguments(descriptor, given);
        boolean block = arguments.body() != null || descriptor instanceof OwnArguments;
        if (descriptor.takesImplicitBlockArgument() && !block) {
            throw new IllegalStateException(descriptor.getFunctionName() + " step must be called with a body");
        }
        ScriptThread thread = program.current();
        StepCall call =
                new StepCall(program.log(), thread.prefix(), descriptor.getFunctionName(), arguments.body(), block);
        CallContext context = new CallContext(thread, call, descriptor);
        call.begin();
        if (start(descriptor, arguments, context)) {
            thread.setCall(null);
            call.end();
            return context.replay();
        }
        return Continuable.suspend(descriptor.getFunctionName(), context);
    }

    private static Arguments arguments(StepDescriptor descriptor, Object given) {
        return descriptor instanceof OwnArguments
                ? Arguments.parse(given, false, null, false)
                : Arguments.parse(given, descriptor.takesImplicitBlockArgument(), Model.of(descriptor.clazz));
    }

    /** Starts a step and returns whether it is already complete. */
    private static boolean start(StepDescriptor descriptor, Arguments arguments, CallContext context) {
        try {
            descriptor.checkContextAvailability(context);
            Step step = instantiate(descriptor, arguments, context.get(TaskListener.class));
            StepExecution execution = step.start(context);
            context.setExecution(execution);
            context.thread().setCall(context);
            boolean done = execution.start();
            if (done && !context.isComplete()) {
                context.onFailure(new AssertionError("Step " + step + " claimed to have ended synchronously, but didn't"
                        + " set the result via StepContext.onSuccess/onFailure"));
            }
            return done;
        } catch (Exception e) {
            context.onFailure(e);
            return true;
        }
    }

    private static Step instantiate(StepDescriptor descriptor, Arguments arguments, TaskListener listener) {
        return descriptor instanceof OwnArguments own
                ? own.newInstance(arguments.named())
                : (Step) Model.of(descriptor.clazz).instantiate(arguments.named(), listener);
    }
}
