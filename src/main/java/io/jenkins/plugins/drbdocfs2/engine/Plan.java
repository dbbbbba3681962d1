package io.jenkins.plugins.drbdocfs2.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of a step: stages in sequence, in each stage the nodes in parallel, on each node the changes in order.
 *
 * @param stages the stages; those without changes are omitted
 * @param notes the notes for the log
 * @param changesNodes whether its commands and files count as changes of the nodes in the result
 * @param idempotent whether a repeated step makes only the missing changes
 * @param unstable why the build is unstable after this step; null if it is not
 * @param printed a text that only the log shows, line by line; empty for none
 */
public record Plan(
        List<Stage> stages,
        List<String> notes,
        boolean changesNodes,
        boolean idempotent,
        String unstable,
        String printed) {
    /** The prefix of a note that is a warning. */
    public static final String WARNING = "warning: ";

    /**
     * Changes without dependencies between nodes.
     *
     * @param title the purpose of the stage
     * @param changes the changes
     * @param undo the changes that undo earlier stages if one of them fails
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

    /** Whether this change counts as a change of the node from its begin; a wait never does. */
    public boolean changesNode(Change change) {
        boolean saysLater = change instanceof Change.Command command && command.changeCode() != null;
        return changesNodes && !saysLater && !(change instanceof Change.Await);
    }

    /** Whether it may change a node, and does not only wait or look. */
    public boolean mayChangeNodes() {
        return changesNodes && changes().stream().anyMatch(change -> !(change instanceof Change.Await));
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
        private String unstable;
        private String printed = "";

        /** Adds a stage, unless it has no changes. */
        public Builder stage(String title, List<? extends Change> changes) {
            return stage(title, changes, List.of());
        }

        /** Adds a stage, unless it has no changes, with the changes that undo it. */
        public Builder stage(String title, List<? extends Change> changes, List<? extends Change> undo) {
            if (!changes.isEmpty()) {
                stages.add(new Stage(title, List.copyOf(changes), List.copyOf(undo)));
            }
            return this;
        }

        /** Adds a note for the log. */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /** Sets whether the commands and files count as changes of the nodes. */
        public Builder changesNodes(boolean changes) {
            changesNodes = changes;
            return this;
        }

        /** Makes it a plan that a repeated step executes again completely. */
        public Builder notIdempotent() {
            idempotent = false;
            return this;
        }

        /** Makes the build unstable after the step, for this reason. */
        public Builder unstable(String why) {
            unstable = why;
            return this;
        }

        /** Prints a text to the log. */
        public Builder print(String text) {
            printed = text;
            return this;
        }

        /** The plan. */
        public Plan build() {
            return new Plan(List.copyOf(stages), List.copyOf(notes), changesNodes, idempotent, unstable, printed);
        }
    }
}
