package io.jenkins.plugins.drbdocfs2.runner.steps;

import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The descriptor of a step that is part of Pipeline itself. */
public abstract class BuiltInDescriptor extends StepDescriptor {
    private final String name;
    private final Set<Class<?>> required;

    /** The descriptor of a step with its name and required context. */
    protected BuiltInDescriptor(String name, Class<?>... required) {
        this.name = name;
        this.required = Set.of(required);
    }

    @Override
    public String getFunctionName() {
        return name;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return required;
    }

    /** The descriptor of a step with a block. */
    public abstract static class Block extends BuiltInDescriptor {
        /** The descriptor of a step with its name and required context. */
        protected Block(String name, Class<?>... required) {
            super(name, required);
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
