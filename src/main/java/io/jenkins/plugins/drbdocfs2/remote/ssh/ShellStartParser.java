package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.HeadTailBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The beginning of one output of a channel, until the shell there says that it takes scripts: which stages its start has
 * reached, and what was said in the last one. The command line and the bootstrap print a mark at each.
 */
final class ShellStartParser {
    private static final int KEPT = 4096;

    private final List<StartStage> stages;
    private int reached;
    private int matched;
    private HeadTailBuffer said = new HeadTailBuffer(KEPT);

    /** @param stages those that this start has, in order, after {@link StartStage#LOGIN} */
    ShellStartParser(List<StartStage> stages) {
        this.stages = stages;
    }

    /** Takes what belongs to the start, and gives how many of the bytes that were. */
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
            said.write(mark, 0, matched);
            matched = next == mark[0] ? 1 : 0;
            if (matched == 0) {
                said.write(new byte[] {next}, 0, 1);
            }
        }
        if (matched == mark.length) {
            matched = 0;
            reached++;
            said = new HeadTailBuffer(KEPT);
        }
    }

    /** Whether all that comes now is said by scripts. */
    boolean over() {
        return reached == stages.size();
    }

    /** The stage that is reached. */
    StartStage stage() {
        return reached == 0 ? StartStage.LOGIN : stages.get(reached - 1);
    }

    /** What was said since that stage was reached: the first part and the last. */
    String said() {
        return said.text();
    }

    /** How far the start of a channel's shell has come. */
    enum StartStage {
        /** The user is logged in. The login shell, one of its start files or a forced command has the word. */
        LOGIN(""),
        /** The login shell has started sudo, which has the word. */
        SUDO("sudo"),
        /** The shell that takes scripts runs, as the right user. */
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
