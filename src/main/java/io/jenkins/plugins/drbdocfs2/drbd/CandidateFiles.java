package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.remote.Sh;

/** A new text of a resource's file together with all other files of a node, before it is put in place. */
public final class CandidateFiles {
    private CandidateFiles() {}

    /**
     * Lines of shell that lay it out in a directory {@code $t} of its own, which goes when the shell ends. From then on
     * {@code drbd} is drbdadm(8) with these files.
     *
     * @param path where the text is to be
     * @param text the new text
     */
    public static String script(String path, String text) {
        return "t=$(mktemp -d) || exit 4\n"
                + "trap 'rm -rf \"$t\"' EXIT\n"
                + "trap 'exit 143' HUP INT TERM\n"
                + "printf %s " + Sh.quote(text) + " > \"$t/candidate\"\n"
                + "{ for f in /etc/drbd.d/global_common.conf /etc/drbd.d/*.res; do\n"
                + "  [ \"$f\" = " + Sh.quote(path) + " ] || [ ! -e \"$f\" ] || echo \"include \\\"$f\\\";\"\n"
                + "done; echo \"include \\\"$t/candidate\\\";\"; } > \"$t/drbd.conf\"\n"
                + "drbd() { drbdadm -c \"$t/drbd.conf\" \"$@\"; }\n";
    }
}
