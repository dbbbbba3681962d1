package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.remote.Sh;

/** A new text of a resource's file together with all other files of a node, before it is put in place. */
public final class CandidateFiles {
    // What is included by a relative name is looked for beside the file that includes it. drbd.conf(5) A file that
    // includes others is copied, so that all it includes below /etc/drbd* is what is laid out; other files are links.
    private static final String LAY_OUT =
            """
            t=$(mktemp -d) && t=$(cd "$t" && pwd -P) || exit 4
            trap 'rm -rf "$t"' EXIT
            trap 'exit 143' HUP INT TERM
            mkdir "$t/drbd.d"
            umask 077
            c="$t${o#"$e"}"
            printf %s "$x" > "$c"
            i=$(grep -ls include "$e"/drbd*.conf "$e"/drbd.d/*)
            for f in "$e"/drbd* "$e"/drbd.d/*; do
              [ -e "$f" ] || continue
              n="$t${f#"$e"}"
              case $f in "$o"|"$e/drbd.d") continue ;; esac
              if [ "$f" -ef "$o" ]; then ln -s "$c" "$n"; continue; fi
              case "
            $i
            " in
                *"
            $f
            "*) w='\\(include[[:space:]]\\{1,\\}"\\{0,1\\}\\)'
                sed "/include/{s|$w\\([^/\\"[:space:]]\\)|\\1${f%/*}/\\2|g; s|$w$e/drbd|\\1$t/drbd|g;}" "$f" > "$n" ;;
                *) ln -s "$f" "$n" ;;
              esac
            done
            for g in -90 -84 -83 -82 -08 ''; do [ ! -e "$t/drbd$g.conf" ] || break; done
            drbd() { drbdadm -c "$t/drbd$g.conf" "$@"; }
            """;

    /** A line of shell: from here on what {@code drbd} prints has the names of the real files. */
    public static final String REAL_NAMES =
            """
            drbd() {
              w=$(drbdadm -c "$t/drbd$g.conf" "$@" 2>&1) && c=0 || c=$?
              if [ "$c" != 0 ]; then exec >&2; fi
              printf '%s\\n' "$w" | sed "s|$t/|/etc/|g; s|^drbd\\.d/|/etc/&|"
              return "$c"
            }
            """;

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

    static String script(String etc, String path, String text) {
        return "e=" + Sh.quote(etc) + "\no=\"$e\"" + Sh.quote(path.substring("/etc".length())) + "\nx=" + Sh.quote(text)
                + "\n" + LAY_OUT;
    }
}
