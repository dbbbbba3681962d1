package org.jenkinsci.remoting;

/** The role of a process for another one. */
public final class Role {
    private final String name;

    public Role(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return "Role[" + name + "]";
    }
}
