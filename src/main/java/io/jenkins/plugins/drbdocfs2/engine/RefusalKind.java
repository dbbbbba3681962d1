package io.jenkins.plugins.drbdocfs2.engine;

import java.io.Serializable;

/** A kind of finding on which steps refuse. The enums that implement it are what docs/troubleshooting.md is made of. */
public interface RefusalKind extends Serializable {
    /**
     * What a person looks up.
     *
     * @param id area and kind, such as {@code drbd.peer-primary}; public, so that it stays as it is
     * @param title what was found, in a few words
     * @param meaning what was found, and what would be lost or go wrong, in sentences
     * @param remedy what to do, in sentences
     * @param allowedBy the parameter that allows it, or null where none does
     */
    record Entry(String id, String title, String meaning, String remedy, String allowedBy) {}

    /** Its entry. */
    Entry entry();

    /** Its id. */
    default String id() {
        return entry().id();
    }
}
