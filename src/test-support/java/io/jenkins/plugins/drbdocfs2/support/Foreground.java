package io.jenkins.plugins.drbdocfs2.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Programs as started by hand. What a shell starts in the background ({@code nohup ./check &}) ignores SIGINT, and so would
 * all that it starts, for no shell can take that back.
 */
public final class Foreground {
    private Foreground() {}

    /** The command line of a program that can be ended by SIGINT whoever started the tests. */
    public static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
        command.addAll(Arrays.asList(words));
        return command;
    }
}
