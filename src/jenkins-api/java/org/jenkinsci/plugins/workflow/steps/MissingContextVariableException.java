package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The context of a step lacks a required object. */
public class MissingContextVariableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final @NonNull Class<?> type;
    private final @CheckForNull String functionName;

    public MissingContextVariableException(@NonNull Class<?> type, @CheckForNull StepDescriptor d) {
        this.type = type;
        functionName = d == null ? null : d.getFunctionName();
    }

    public Class<?> getType() {
        return type;
    }

    public @NonNull List<StepDescriptor> getProviders() {
        return StepDescriptor.all().stream()
                .filter(d -> has(d.getProvidedContext()) && !has(d.getRequiredContext()))
                .toList();
    }

    private boolean has(Set<? extends Class<?>> types) {
        return types.stream().anyMatch(type::isAssignableFrom);
    }

    @Override
    public String getMessage() {
        String message = "Required context " + type + " is missing";
        List<StepDescriptor> providers = getProviders();
        if (providers.isEmpty()) {
            return message;
        }
        return message + "\nPerhaps you forgot to surround the " + (functionName == null ? "" : functionName + " ")
                + "step with a step that provides this, such as: "
                + providers.stream().map(StepDescriptor::getFunctionName).collect(Collectors.joining(", "));
    }
}
