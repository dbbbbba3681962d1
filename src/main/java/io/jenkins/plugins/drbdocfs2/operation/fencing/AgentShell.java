package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;

/** The shell that calls fence agents: one file, which is put into the fence-peer handler and into scripts. */
final class AgentShell {
    private static final String FUNCTIONS = "fence-agent.sh";
    private static final String INCLUDE = ". ./" + FUNCTIONS + "\n";

    private AgentShell() {}

    /** A script beside this class, with the functions in the place where it includes them. */
    static String read(String name) {
        return include(ShellFile.read(AgentShell.class, name));
    }

    /** The text of a script with the functions in the place where it includes them, if it does. */
    static String include(String text) {
        return text.replace(INCLUDE, ShellFile.read(AgentShell.class, FUNCTIONS));
    }
}
