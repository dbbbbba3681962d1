package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** What is common to all uses of a step. */
public abstract class StepDescriptor extends Descriptor<Step> {
    /** What the surroundings must give. */
    public abstract Set<? extends Class<?>> getRequiredContext();

    /** What its block gets. */
    public Set<? extends Class<?>> getProvidedContext() {
        return Collections.emptySet();
    }

    /** Its name in a Jenkinsfile. */
    public abstract String getFunctionName();

    /** Whether it has a block. */
    public boolean takesImplicitBlockArgument() {
        return false;
    }

    /** Whether the Snippet Generator hides it. */
    public boolean isAdvanced() {
        return false;
    }

    /** Whether its one parameter can be called as if it were the step. */
    public boolean isMetaStep() {
        return false;
    }

    /** Its parameters in a few words, or null. */
    @CheckForNull
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        if (namedArgs.size() == 1) {
            Object value = namedArgs.values().iterator().next();
            boolean plain = value instanceof CharSequence
                    || value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Enum;
            return plain ? value.toString() : null;
        }
        return null;
    }

    /** Throws where the surroundings lack what it needs. */
    public final void checkContextAvailability(StepContext c)
            throws MissingContextVariableException, IOException, InterruptedException {
        for (Class<?> type : getRequiredContext()) {
            if (c.get(type) == null) {
                throw new MissingContextVariableException(type, this);
            }
        }
    }

    /** All steps. */
    public static ExtensionList<StepDescriptor> all() {
        return ExtensionList.lookup(StepDescriptor.class);
    }

    /** The step of a name, or null. */
    public static @CheckForNull StepDescriptor byFunctionName(String name) {
        for (StepDescriptor descriptor : all()) {
            if (descriptor.getFunctionName().equals(name)) {
                return descriptor;
            }
        }
        return null;
    }
}
