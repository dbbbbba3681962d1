package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.List;

/**
 * The script with which a node takes part in {@link Ocfs2VerifySharing}. It runs on all nodes at the same time. The nodes
 * wait for each other by files in the filesystem itself, so that sharing, and nothing else, is what lets them go on; and
 * the directory is taken away at the end, by the first node, or by one that fails or is cut off. Where none could, the
 * next run does: all that take part hold a shared lock on the directory above, so who gets it alone knows that what lies
 * there is nobody's. OCFS2 and GFS2 have flock(2) work between nodes, and a node that is lost gives up its locks.
 */
final class SharingScript {
    private SharingScript() {}

    /**
     * @param directory the directory to work in, new and of these nodes' own; its name ends with a hyphen and a word, and
     *     those that are named alike are taken away unless someone is at work
     * @param self the node's name
     * @param nodes all names
     * @param rounds how often
     * @param writers how many files each node writes at the same time
     * @param patience how many seconds to wait for the others
     */
    static String of(String directory, String self, List<String> nodes, int rounds, int writers, int patience) {
        return ShellFile.with(
                SCRIPT,
                directory,
                self,
                String.join(" ", nodes),
                String.valueOf(rounds),
                String.valueOf(writers),
                String.valueOf(patience));
    }

    private static final String SCRIPT = ShellFile.read(SharingScript.class, "share.sh");
}
