package org.jenkinsci.remoting;

/** Code that declares where it may run. */
public interface RoleSensitive {
    void checkRoles(RoleChecker checker) throws SecurityException;
}
