package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.List;

/**
 * The script of a node in {@link Ocfs2VerifySharing}. It runs on all nodes at the same time. The nodes wait for each other
 * by files in the filesystem itself, so that they continue only if it is shared. At the end the first node removes the
 * directory, or a node that fails or is interrupted. Otherwise the next run does: all nodes hold a shared lock on the
 * parent directory, so a node that gets an exclusive lock knows that the remaining directories are unused. With OCFS2 and
 * GFS2, flock(2) works between nodes, and a lost node releases its locks.
 */
final class SharingScript {
    private SharingScript() {}

    /**
     * @param directory the directory to work in, new and only for these nodes; its name ends with a hyphen and a word, and
     *     unused directories with the same prefix are removed
     * @param self the name of the node
     * @param nodes the names of all nodes
     * @param rounds the number of rounds
     * @param writers the number of files that each node writes at the same time
     * @param patience the seconds to wait for the other nodes
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
