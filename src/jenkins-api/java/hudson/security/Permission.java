package hudson.security;

/** The right to do something. */
public final class Permission {
    /** What is said of it in messages. */
    public final String name;

    /** What includes it, or null. */
    public final Permission impliedBy;

    /** In a group; here there are none. */
    public Permission(PermissionGroup group, String name, Permission impliedBy) {
        this.name = name;
        this.impliedBy = impliedBy;
    }

    @Override
    public String toString() {
        return "Permission[" + name + "]";
    }
}
