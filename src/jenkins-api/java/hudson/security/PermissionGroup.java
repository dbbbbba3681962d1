package hudson.security;

/** A group of permissions. */
public final class PermissionGroup {
    private PermissionGroup() {}
}
