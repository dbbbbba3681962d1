package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.remote.Sh;
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
        return "D=" + Sh.quote(directory) + "; SELF=" + Sh.quote(self) + "; NODES=" + Sh.quote(String.join(" ", nodes))
                + "; ROUNDS=" + rounds + "; WRITERS=" + writers + "; PATIENCE=" + patience + "\n" + SCRIPT;
    }

    // A file's name holds the checksum of what it is to hold. It is written under another name, flushed and renamed, so
    // that it is there whole or not at all.
    private static final String SCRIPT =
            """
            end() {
              rc=$?; trap '' HUP INT TERM; trap - EXIT
              if [ $rc != 0 ]; then : > "$D/failed.$SELF"; sleep 1; fi
              if [ $rc != 0 ] || [ "$SELF" = "${NODES%% *}" ]; then rm -rf "$D"; fi
              exit $rc
            }
            now() { date +%s%3N; }
            fail() { echo "$*" >&2; exit 1; }
            await() {
              until=$(($(now) + PATIENCE * 1000))
              for n in $NODES; do
                while [ ! -e "$D/$1.$n" ]; do
                  [ -d "$D" ] || fail "$SELF stopped, since another node could not go on"
                  for f in "$D"/failed.*; do
                    [ -e "$f" ] && fail "$SELF stopped, since ${f##*/failed.} could not go on"
                  done
                  [ "$(now)" -lt "$until" ] || fail "$SELF does not see the file $1.$n of $n, $PATIENCE s after its own"
                  sleep 0.05
                done
              done
            }
            put() {
              text=$(head -c 49152 /dev/urandom | base64) || exit 1
              sum=$(printf %s "$text" | sha256sum) || exit 1
              t=$(now)
              printf %s "$text" > "$D/part.$SELF.$1.$2" && sync "$D/part.$SELF.$1.$2" \\
                && mv "$D/part.$SELF.$1.$2" "$D/data.$SELF.$1.$2.${sum%% *}" || exit 1
              echo "write $1 $2 $(($(now) - t))"
            }
            get() {
              for w in $(seq "$WRITERS"); do
                set -- "$1" "$2" "$D/data.$1.$2.$w".*
                [ $# = 3 ] && [ -e "$3" ] || fail "$SELF does not see file $w of round $2 of $1"
                t=$(now)
                sum=$(sha256sum < "$3") || fail "$SELF cannot read file $w of round $2 of $1"
                [ "${sum%% *}" = "${3##*.}" ] || fail "$SELF reads something else in file $w of round $2 than $1 wrote"
                echo "read $1 $2 $w $(($(now) - t))"
              done
            }
            trap end EXIT
            trap 'exit 143' HUP INT TERM
            exec 9< "${D%/*}"
            if flock -n 9; then rm -rf "${D%-*}"-*; fi
            flock -s -w "$PATIENCE" 9
            mkdir -p "$D" || exit 1
            : > "$D/here.$SELF" || exit 1
            await here
            for r in $(seq "$ROUNDS"); do
              pids=
              for w in $(seq "$WRITERS"); do put "$r" "$w" & pids="$pids $!"; done
              for p in $pids; do wait "$p" || fail "$SELF could not write in round $r"; done
              : > "$D/written$r.$SELF" || exit 1
              await "written$r"
              for n in $NODES; do [ "$n" = "$SELF" ] || get "$n" "$r"; done
            done
            : > "$D/done.$SELF" || exit 1
            await done
            : > "$D/left.$SELF" || exit 1
            [ "$SELF" != "${NODES%% *}" ] || await left
            """;
}
