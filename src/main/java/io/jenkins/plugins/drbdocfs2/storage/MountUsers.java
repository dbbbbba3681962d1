package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;

/** The users of a mounted filesystem: processes, loop devices, swap files, exports, mounts below it. */
public final class MountUsers {
    /** Shell lines that define {@code place_users PATH}, which prints the users in words, one per line. */
    public static final String SHELL = ShellFile.read(MountUsers.class, "mount-users.sh");

    private MountUsers() {}
}
