package io.jenkins.plugins.drbdocfs2.facts;

import java.io.Serializable;

/**
 * The place of a step among those of its build.
 *
 * @param id identifies the step in the build; null if it is unknown
 * @param previous the ID of the step that ran right before it, with no other step between them except those that neither
 *     change a node nor wait; null if there is none or it is unknown
 */
public record StepPosition(String id, String previous) implements Serializable {
    /** Unknown. */
    public static final StepPosition UNKNOWN = new StepPosition(null, null);

    /** The same step without the one before it. */
    public StepPosition alone() {
        return new StepPosition(id, null);
    }

    /** Whether a step with this ID ran right before this one. */
    boolean follows(String other) {
        return previous != null && previous.equals(other);
    }
}
