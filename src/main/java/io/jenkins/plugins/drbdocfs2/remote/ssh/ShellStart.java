package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.ssh.ShellStartParser.StartStage;
import java.io.IOException;
import java.util.List;

/** How far the start of a channel's shell has come, by both outputs. Whoever sends waits here for the stage to do so. */
final class ShellStart {
    private final List<ShellStartParser> outputs;
    private boolean closed;

    ShellStart(Privilege how) {
        List<StartStage> stages =
                how == Privilege.LOGIN ? List.of(StartStage.READY) : List.of(StartStage.SUDO, StartStage.READY);
        outputs = List.of(new ShellStartParser(stages), new ShellStartParser(stages));
    }

    /** Takes what belongs to the start from one output, 0 or 1, and gives how many of the bytes that were. */
    synchronized int take(int output, byte[] bytes, int offset, int length) {
        StartStage before = stage();
        int taken = outputs.get(output).take(bytes, offset, length);
        if (stage() != before) {
            notifyAll();
        }
        return taken;
    }

    /** The stage that both outputs tell of. */
    synchronized StartStage stage() {
        StartStage one = outputs.get(0).stage();
        StartStage other = outputs.get(1).stage();
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether one output tells of a further stage than the other, which then does not arrive here. */
    synchronized boolean outputIsMissing() {
        return outputs.get(0).stage() != outputs.get(1).stage();
    }

    /** What the node said on both outputs since that stage was reached. */
    synchronized String said() {
        StartStage stage = stage();
        StringBuilder said = new StringBuilder();
        outputs.stream().filter(output -> output.stage() == stage).forEach(output -> said.append(output.said()));
        return said.toString();
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

    /** Why no script was started, once that is clear. */
    synchronized Failure failure(Integer exitCode) {
        return new Failure(stage(), said(), exitCode, outputIsMissing());
    }

    /**
     * A start that did not come to its end: nothing of a script ran.
     *
     * @param stage how far it came
     * @param said what the node said then
     * @param exitCode with which the command line ended; null where it did not, or that was not told
     * @param outputIsMissing whether one of the two outputs does not arrive
     */
    record Failure(StartStage stage, String said, Integer exitCode, boolean outputIsMissing) {}
}
