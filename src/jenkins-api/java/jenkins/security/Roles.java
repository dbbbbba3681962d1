package jenkins.security;

import org.jenkinsci.remoting.Role;

/** The two roles in Jenkins. */
public class Roles {
    /** The controller. */
    public static final Role MASTER = new Role("master");

    /** An agent. */
    public static final Role SLAVE = new Role("slave");

    private Roles() {}
}
