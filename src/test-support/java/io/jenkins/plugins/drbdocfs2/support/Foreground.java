package io.jenkins.plugins.drbdocfs2.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts programs as in the foreground. Programs that a shell starts in the background ({@code nohup ./check &}) ignore
 * SIGINT, and so do their child processes, since no shell can reset this.
 */
public final class Foreground {
    private Foreground() {}

    /** The command line of a program that SIGINT can end, however the tests were started. */
    public static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
        command.addAll(Arrays.asList(words));
        return command;
    }
}
