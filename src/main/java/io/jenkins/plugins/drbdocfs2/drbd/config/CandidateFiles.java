package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;

/** A new text of a resource's file together with all other files of a node, before it is put in place. */
public final class CandidateFiles {
    private static final String LAY_OUT = ShellFile.read(CandidateFiles.class, "candidate-files.sh");

    /** A line of shell: after it, the output of {@code drbd} has the names of the real files. */
    public static final String REAL_NAMES = ShellFile.read(CandidateFiles.class, "real-names.sh");

    private CandidateFiles() {}

    /**
     * Lines of shell that create the files in a temporary directory {@code $t} that goes when the shell ends. After them,
     * {@code drbd} runs drbdadm(8) with these files: those that the node's own drbd.conf includes, with all its other
     * content.
     *
     * @param path the path of the file, in /etc/drbd.d
     * @param text the new text
     */
    public static String script(String path, String text) {
        return script("/etc", path, text);
    }

    /** The shell that puts the text among copies of the other files and lets drbdadm read them. */
    public static String script(String etc, String path, String text) {
        return ShellFile.with(LAY_OUT, etc, path.substring("/etc".length()), text);
    }
}
