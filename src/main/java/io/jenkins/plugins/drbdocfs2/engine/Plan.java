package io.jenkins.plugins.drbdocfs2.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done: stages one after the other, in each the nodes side by side, on each node the changes in order.
 *
 * @param stages the stages; a stage without changes is left out
 * @param notes what the reader of the log should know besides
 * @param changesNodes whether to carry out its commands and files is to change the nodes, as far as the result says
 * @param idempotent whether the step, run again at any time, does only what is missing
 */
public record Plan(List<Stage> stages, List<String> notes, boolean changesNodes, boolean idempotent) {
    /** What a note begins with that is a warning. */
    public static final String WARNING = "warning: ";

    /**
     * Changes that need nothing of each other across nodes.
     *
     * @param title what the stage brings about
     * @param changes the changes
     * @param undo what to do where one of them fails, so that what stages before it did does not stay
     */
    public record Stage(String title, List<Change> changes, List<Change> undo) {
        /** The changes of each node, in order. */
        public Map<String, List<Change>> byNode() {
            Map<String, List<Change>> byNode = new LinkedHashMap<>();
            changes.forEach(change -> byNode.computeIfAbsent(change.node(), n -> new ArrayList<>())
                    .add(change));
            return byNode;
        }
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return stages.isEmpty();
    }

    /** Whether to carry out this change of it is to change the node; to wait never is. */
    public boolean changesNode(Change change) {
        return changesNodes && !(change instanceof Change.Await);
    }

    /** All changes, in order. */
    public List<Change> changes() {
        return stages.stream().flatMap(stage -> stage.changes().stream()).toList();
    }

    /** A plan with nothing to do. */
    public static Plan nothing() {
        return new Builder().build();
    }

    /** Collects stages. */
    public static final class Builder {
        private final List<Stage> stages = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean changesNodes = true;
        private boolean idempotent = true;

        /** Adds a stage, unless it has no changes. */
        public Builder stage(String title, List<? extends Change> changes) {
            return stage(title, changes, List.of());
        }

        /** Adds a stage, unless it has no changes, with what to do where one of them fails. */
        public Builder stage(String title, List<? extends Change> changes, List<? extends Change> undo) {
            if (!changes.isEmpty()) {
                stages.add(new Stage(title, List.copyOf(changes), List.copyOf(undo)));
            }
            return this;
        }

        /** Adds something that the reader of the log should know. */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /** Has the result say, or not, that the commands and files change the nodes. */
        public Builder changesNodes(boolean changes) {
            changesNodes = changes;
            return this;
        }

        /** Makes it a plan that does all again where the step is run again. */
        public Builder notIdempotent() {
            idempotent = false;
            return this;
        }

        /** The plan. */
        public Plan build() {
            return new Plan(List.copyOf(stages), List.copyOf(notes), changesNodes, idempotent);
        }
    }
}
