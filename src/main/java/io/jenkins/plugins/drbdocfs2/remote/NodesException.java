package io.jenkins.plugins.drbdocfs2.remote;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A task failed on one or more nodes. The message has the messages of all failures; the cause is the first failure, the
 * others are suppressed.
 */
public final class NodesException extends IOException {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Exception> failures;

    /** @param failures the failures by node name, in order; at least one */
    public NodesException(Map<String, Exception> failures) {
        super(message(failures), failures.values().iterator().next());
        this.failures = new LinkedHashMap<>(failures);
        failures.values().stream().skip(1).forEach(this::addSuppressed);
    }

    private static String message(Map<String, Exception> failures) {
        if (failures.size() == 1) {
            return text(failures.values().iterator().next());
        }
        return failures.entrySet().stream()
                .map(failure -> "\n  " + failure.getKey() + ": " + text(failure.getValue()))
                .collect(Collectors.joining("", failures.size() + " nodes failed:", ""));
    }

    private static String text(Exception failure) {
        return failure instanceof RuntimeException || failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage();
    }

    /** The failures by node name, in the order of the nodes. */
    public Map<String, Exception> failures() {
        return Collections.unmodifiableMap(failures);
    }
}
