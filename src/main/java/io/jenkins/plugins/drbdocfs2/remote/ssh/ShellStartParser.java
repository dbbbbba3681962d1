package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.HeadTailBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The beginning of one output of a channel, until the shell is ready for scripts: the stages that the start has reached, and
 * the output in the last one. The command line and the bootstrap print a mark at each stage.
 */
final class ShellStartParser {
    private static final int KEPT = 4096;

    private final List<StartStage> stages;
    private int reached;
    private int matched;
    private HeadTailBuffer output = new HeadTailBuffer(KEPT);

    /** @param stages the stages of this start, in order, after {@link StartStage#LOGIN} */
    ShellStartParser(List<StartStage> stages) {
        this.stages = stages;
    }

    /** Consumes the bytes of the start and returns their number. */
    int take(byte[] bytes, int offset, int length) {
        int taken = 0;
        while (taken < length && !over()) {
            take(bytes[offset + taken]);
            taken++;
        }
        return taken;
    }

    private void take(byte next) {
        byte[] mark = stages.get(reached).mark();
        if (next == mark[matched]) {
            matched++;
        } else {
            output.write(mark, 0, matched);
            matched = next == mark[0] ? 1 : 0;
            if (matched == 0) {
                output.write(new byte[] {next}, 0, 1);
            }
        }
        if (matched == mark.length) {
            matched = 0;
            reached++;
            output = new HeadTailBuffer(KEPT);
        }
    }

    /** Whether all further output is from scripts. */
    boolean over() {
        return reached == stages.size();
    }

    /** The stage that is reached. */
    StartStage stage() {
        return reached == 0 ? StartStage.LOGIN : stages.get(reached - 1);
    }

    /** The output since this stage: the first part and the last. */
    String output() {
        return output.text();
    }

    /** The stages of the start of a channel's shell. */
    enum StartStage {
        /** The user is logged in. The login shell, one of its start files or a forced command is running. */
        LOGIN(""),
        /** The login shell has started sudo, which is running. */
        SUDO("sudo"),
        /** The shell that runs scripts is ready, as the right user. */
        READY("ready");

        private final byte[] mark;

        StartStage(String word) {
            mark = ("\u001edrbd-ocfs2 " + word + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        private byte[] mark() {
            return mark;
        }
    }
}
