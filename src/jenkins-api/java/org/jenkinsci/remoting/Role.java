package org.jenkinsci.remoting;

/** What a process is to another. */
public final class Role {
    private final String name;

    /** By name. */
    public Role(String name) {
        this.name = name;
    }

    /** The name. */
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return "Role[" + name + "]";
    }
}
