package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;

/** What keeps a mounted filesystem busy: processes, loop devices, swap files, exports, mounts below it. */
public final class MountUsers {
    /** Lines of shell after which {@code place_users PATH} prints them in words, a line each. */
    public static final String SHELL = ShellFile.read(MountUsers.class, "mount-users.sh");

    private MountUsers() {}
}
