package hudson.security;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Something that not everybody may touch. */
public interface AccessControlled {
    /** Who may do what. */
    @NonNull
    ACL getACL();

    /** Throws where the right is not had. */
    default void checkPermission(@NonNull Permission permission) {
        getACL().checkPermission(permission);
    }

    /** Whether the right is had. */
    default boolean hasPermission(@NonNull Permission permission) {
        return getACL().hasPermission(permission);
    }
}
