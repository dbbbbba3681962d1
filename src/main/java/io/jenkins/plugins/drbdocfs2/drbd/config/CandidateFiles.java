package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;

/** A new text of a resource's file together with all other files of a node, before it is put in place. */
public final class CandidateFiles {
    private static final String LAY_OUT = ShellFile.read(CandidateFiles.class, "candidate-files.sh");

    /** A line of shell: from here on what {@code drbd} prints has the names of the real files. */
    public static final String REAL_NAMES = ShellFile.read(CandidateFiles.class, "real-names.sh");

    private CandidateFiles() {}

    /**
     * Lines of shell that lay it out in a directory {@code $t} of its own, which goes when the shell ends. From then on
     * {@code drbd} is drbdadm(8) with these files: those that the node's own drbd.conf includes, whatever it says besides.
     *
     * @param path where the text is to be, in /etc/drbd.d
     * @param text the new text
     */
    public static String script(String path, String text) {
        return script("/etc", path, text);
    }

    /** The shell that puts the text among copies of the other files and has drbdadm read them. */
    public static String script(String etc, String path, String text) {
        return ShellFile.with(LAY_OUT, etc, path.substring("/etc".length()), text);
    }
}
