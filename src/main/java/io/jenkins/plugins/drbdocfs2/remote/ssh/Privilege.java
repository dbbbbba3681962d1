package io.jenkins.plugins.drbdocfs2.remote.ssh;

/** The user that scripts run as. */
enum Privilege {
    /** The user who is logged in. */
    LOGIN,
    /** Root, through sudo without a password. */
    SUDO,
    /** Root, through sudo, which reads the password from its standard input. */
    SUDO_WITH_PASSWORD
}
