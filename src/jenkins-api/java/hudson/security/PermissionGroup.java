package hudson.security;

/** Permissions that are shown together. */
public final class PermissionGroup {
    private PermissionGroup() {}
}
