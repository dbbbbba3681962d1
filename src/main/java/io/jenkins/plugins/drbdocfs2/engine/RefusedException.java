package io.jenkins.plugins.drbdocfs2.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A refused plan, with all refusals. Nothing was changed. */
public final class RefusedException extends StepFailure {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Refusal> refusals;

    /** @param refusals the reasons, at least one */
    public RefusedException(List<Refusal> refusals) {
        super(refusals.stream().map(Refusal::text).collect(Collectors.joining("\n")));
        this.refusals = new ArrayList<>(refusals);
    }

    /** The reasons. */
    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }
}
