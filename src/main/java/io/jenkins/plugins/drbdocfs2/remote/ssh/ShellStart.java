package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.ssh.ShellStartParser.StartStage;
import java.io.IOException;
import java.util.List;

/** The progress of the start of a channel's shell, by both outputs. The sender waits here for the right stage. */
final class ShellStart {
    private final List<ShellStartParser> outputs;
    private boolean closed;

    ShellStart(Privilege how) {
        List<StartStage> stages =
                how == Privilege.LOGIN ? List.of(StartStage.READY) : List.of(StartStage.SUDO, StartStage.READY);
        outputs = List.of(new ShellStartParser(stages), new ShellStartParser(stages));
    }

    /** Consumes the bytes of the start from one output, 0 or 1, and returns their number. */
    synchronized int take(int output, byte[] bytes, int offset, int length) {
        StartStage before = stage();
        int taken = outputs.get(output).take(bytes, offset, length);
        if (stage() != before) {
            notifyAll();
        }
        return taken;
    }

    /** The stage that both outputs have reached. */
    synchronized StartStage stage() {
        StartStage one = outputs.get(0).stage();
        StartStage other = outputs.get(1).stage();
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether one output has reached a later stage than the other, which then does not arrive. */
    synchronized boolean outputIsMissing() {
        return outputs.get(0).stage() != outputs.get(1).stage();
    }

    /** The output of the node since this stage, of both outputs. */
    synchronized String output() {
        StartStage stage = stage();
        StringBuilder text = new StringBuilder();
        outputs.stream().filter(output -> output.stage() == stage).forEach(output -> text.append(output.output()));
        return text.toString();
    }

    /**
     * Waits for a stage, as long as the channel is open.
     *
     * @throws IOException if the channel was closed before
     */
    synchronized void await(StartStage stage) throws IOException {
        while (!closed && stage().compareTo(stage) < 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the node's shell started", e);
            }
        }
        if (stage().compareTo(stage) < 0) {
            throw new IOException("the channel was closed while the node's shell started");
        }
    }

    /** Nothing more comes. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The reason why no script started, when it is known. */
    synchronized Failure failure(Integer exitCode) {
        return new Failure(stage(), output(), exitCode, outputIsMissing());
    }

    /**
     * A start that did not finish: nothing of a script ran.
     *
     * @param stage the stage that it reached
     * @param output the output of the node in this stage
     * @param exitCode the exit code of the command line; null if it did not end or the code is unknown
     * @param outputIsMissing whether one of the two outputs does not arrive
     */
    record Failure(StartStage stage, String output, Integer exitCode, boolean outputIsMissing) {}
}
