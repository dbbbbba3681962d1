package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.remote.Sh;

/** A new text of a resource's file together with all other files of a node, before it is put in place. */
public final class CandidateFiles {
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

    // What is included by a relative name is looked for beside the file that includes it. drbd.conf(5)
    static String script(String etc, String path, String text) {
        return "t=$(mktemp -d) || exit 4\n"
                + "trap 'rm -rf \"$t\"' EXIT\n"
                + "trap 'exit 143' HUP INT TERM\n"
                + "e=" + Sh.quote(etc) + "\n"
                + "mkdir \"$t/drbd.d\"\n"
                + "for f in \"$e\"/drbd* \"$e\"/drbd.d/*; do\n"
                + "  [ -e \"$f\" ] || continue\n"
                + "  case $f in \"$e/drbd.d\"|\"$e/drbd.conf\") ;; *) ln -s \"$f\" \"$t${f#\"$e\"}\";; esac\n"
                + "done\n"
                + "c=\"$t\"" + Sh.quote(path.substring("/etc".length())) + "\n"
                + "rm -f \"$c\"\n"
                + "printf %s " + Sh.quote(text) + " > \"$c\"\n"
                + "sed \"s|\\([[:space:]\\\"]\\)$e/drbd\\.d/|\\1$t/drbd.d/|\" \"$e/drbd.conf\" > \"$t/drbd.conf\"\n"
                + "drbd() { drbdadm -c \"$t/drbd.conf\" \"$@\"; }\n";
    }
}
