package io.jenkins.plugins.drbdocfs2.engine;

import java.io.Serializable;

/** A kind of refusal. docs/troubleshooting.md is generated from the enums that implement it. */
public interface RefusalKind extends Serializable {
    /**
     * The entry in the manual, its sentences in Markdown.
     *
     * @param id area and kind, such as {@code drbd.peer-primary}; public, so it never changes
     * @param title the finding in a few words
     * @param meaning the finding and the possible loss or damage, in sentences
     * @param remedy the remedy, in sentences
     * @param allowedBy the parameter that allows it, or null
     */
    record Entry(String id, String title, String meaning, String remedy, String allowedBy) {}

    /** Its entry. */
    Entry entry();

    /** Its id. */
    default String id() {
        return entry().id();
    }
}
