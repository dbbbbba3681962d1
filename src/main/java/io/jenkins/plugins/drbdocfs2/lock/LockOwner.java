package io.jenkins.plugins.drbdocfs2.lock;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Who locks a node.
 *
 * @param id a word that stays the same and that nobody else has
 * @param name one line for those who wait
 */
public record LockOwner(String id, String name) implements Serializable {
    private static final int MAX_NAME = 200;

    /**
     * An owner.
     *
     * @param identity identifies it, in any characters
     * @param name its name, in which control characters are replaced
     */
    public static LockOwner of(String identity, String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ").strip();
        return new LockOwner(
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                line.length() > MAX_NAME ? line.substring(0, MAX_NAME) + "…" : line);
    }
}
