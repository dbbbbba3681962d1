package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What uses the DRBD devices of a node besides its mounts: what keeps a Primary from becoming Secondary, and a filesystem
 * from being unmounted. From {@code /sys} and {@code /proc}, since DRBD 8.4 only says "held open by someone". What the
 * kernel itself holds open, such as an iSCSI target, is not seen.
 *
 * @param uses in the order found
 */
public record DrbdUse(List<Use> uses) implements Serializable {
    /** Nothing uses any device. */
    public static final DrbdUse NONE = new DrbdUse(List.of());

    private static final Pattern LINE = Pattern.compile("(holder|process|files|elsewhere) (\\d{1,7}) (.+)");

    /** How a device is used. */
    public enum Kind {
        /** By the kernel: a volume of LVM, a loop device, swap. */
        HOLDER,
        /** By a process that has the device itself open. */
        PROCESS,
        /** By a process that has files on its mounted filesystem open, or works there. */
        FILES,
        /** By a mount that only processes in another mount namespace see, such as those of a container. */
        ELSEWHERE
    }

    /**
     * One use.
     *
     * @param minor the device's number
     * @param kind how it is used
     * @param who in words, such as {@code process 1088 (sleep)}
     */
    public record Use(int minor, Kind kind, String who) implements Serializable {}

    /** Asks for them. */
    public static final Probe<DrbdUse> PROBE = new Probe<>(
            "drbd use",
            """
            [ -d /sys/module/drbd ] || exit 3
            for d in /sys/block/drbd*; do
              for h in "$d"/holders/*; do
                [ -e "$h" ] || continue
                n=${h##*/}; [ ! -e "$h/dm/name" ] || n=$(cat "$h/dm/name")
                echo "holder ${d##*/drbd} $n"
              done
            done
            for f in /sys/block/loop*/loop/backing_file; do
              [ -e "$f" ] || continue
              t=$(readlink -f "$(cat "$f")"); l=${f#/sys/block/}
              case $t in /dev/drbd[0-9]*) echo "holder ${t#/dev/drbd} ${l%%/*}" ;; esac
            done
            while read -r f rest; do
              t=$(readlink -f "$f")
              case $t in /dev/drbd[0-9]*) echo "holder ${t#/dev/drbd} swap" ;; esac
            done < /proc/swaps
            who() {
              echo "$1 $2 process $3 ($(cat "/proc/$3/comm"))"
            }
            find /proc/[0-9]*/fd -lname '/dev/drbd[0-9]*' -printf '%h %l\\n' | sort -u | while read -r p t; do
              p=${p#/proc/}; who process "${t#/dev/drbd}" "${p%/fd}"
            done
            seen() {
              sed -n 's/^[0-9]* [0-9]* 147:\\([0-9]*\\) [^ ]* \\([^ ]*\\) .*/\\1 \\2/p' "$1"
            }
            seen /proc/self/mountinfo | sort -u | while read -r m path; do
              p=$(printf %b "$(printf %s "$path" | sed 's/\\\\\\([0-7]\\{3\\}\\)/\\\\0\\1/g')")
              g=$(printf %s "$p" | sed 's/[][*?\\\\]/\\\\&/g')
              find /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/exe /proc/[0-9]*/fd /proc/[0-9]*/map_files \\
                -maxdepth 1 \\( -lname "$g" -o -lname "$g/*" \\) -printf '%h\\n' | cut -d/ -f3 | sort -un \\
                | while read -r p; do who files "$m" "$p"; done
            done
            own=$(readlink /proc/self/ns/mnt)
            here=$(seen /proc/self/mountinfo)
            find /proc/[0-9]*/ns -name mnt -printf '%l %h\\n' | sort -u -k 1,1 | while read -r n p; do
              [ "$n" != "$own" ] || continue
              seen "${p%/ns}/mountinfo" | while read -r m path; do
                case "
            $here
            " in *"
            $m $path
            "*) continue ;; esac
                p=${p#/proc/}
                echo "elsewhere $m a mount at $path of process ${p%/ns} ($(cat "/proc/${p%/ns}/comm"))"
              done
            done
            true""",
            DrbdUse::parse);

    public DrbdUse {
        uses = List.copyOf(uses);
    }

    /** Who uses a device in these ways. */
    public List<String> of(int minor, List<Kind> kinds) {
        return uses.stream()
                .filter(use -> use.minor() == minor && kinds.contains(use.kind()))
                .map(Use::who)
                .toList();
    }

    static DrbdUse parse(Reading reading) {
        List<Use> uses = new ArrayList<>();
        for (String line : reading.text().split("\n")) {
            Matcher use = LINE.matcher(line);
            if (use.matches()) {
                uses.add(new Use(Integer.parseInt(use.group(2)), kind(use.group(1)), use.group(3)));
            }
        }
        return new DrbdUse(uses);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "holder" -> Kind.HOLDER;
            case "process" -> Kind.PROCESS;
            case "files" -> Kind.FILES;
            default -> Kind.ELSEWHERE;
        };
    }
}
