package io.jenkins.plugins.drbdocfs2.remote.ssh;

/** As whom scripts run. */
enum Privilege {
    /** As the user who is logged in. */
    LOGIN,
    /** As root, by sudo, which asks for no password. */
    SUDO,
    /** As root, by sudo, which reads the password from its standard input. */
    SUDO_WITH_PASSWORD
}
