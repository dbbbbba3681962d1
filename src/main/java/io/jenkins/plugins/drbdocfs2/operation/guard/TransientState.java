package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;

/**
 * Commands that DRBD refuses for a moment. While two nodes agree on their states, when they connect, each other change of the
 * state fails with {@code State change failed: (-18) In transient state, retry after next state change} and changes nothing.
 */
public final class TransientState {
    private static final String SHELL = ShellFile.read(TransientState.class, "transient-state.sh");

    private TransientState() {}

    /**
     * The same command, repeated for up to ten seconds while DRBD refuses it for this reason. Its guard is repeated too, because
     * the nodes may have found a split brain meanwhile. Not for {@code primary --force}: what they tell each other may forbid it.
     */
    public static Command retried(Command command) {
        return command.shown(
                command.command(), SHELL + "attempt() (\n" + command.toRun() + "\n)\nwhen_settled attempt\n");
    }
}
