package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about fencing, and about nodes that are said to be off. */
public enum FencingRefusal implements RefusalKind {
    NODE_ANSWERS(
            "fencing.node-answers",
            "the node that is said to be off answers",
            "Somebody says that a node is off, but it answers to SSH or at its replication address. If the others continued"
                    + " without it, both sides would write, and the data split.",
            "Switch the node off, then run the step again. If the node is on, nothing needs to be confirmed: repair its"
                    + " connection.");

    private final Entry entry;

    FencingRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
