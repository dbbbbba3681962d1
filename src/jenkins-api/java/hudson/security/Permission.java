package hudson.security;

/** A permission. */
public final class Permission {
    public final String name;

    public final Permission impliedBy;

    /** There are no groups here. */
    public Permission(PermissionGroup group, String name, Permission impliedBy) {
        this.name = name;
        this.impliedBy = impliedBy;
    }

    @Override
    public String toString() {
        return "Permission[" + name + "]";
    }
}
