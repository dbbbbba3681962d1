package org.jenkinsci.remoting;

/** Code that says where it may run. */
public interface RoleSensitive {
    /** Says it. */
    void checkRoles(RoleChecker checker) throws SecurityException;
}
