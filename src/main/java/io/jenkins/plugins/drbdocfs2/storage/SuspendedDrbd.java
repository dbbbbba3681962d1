package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.io.Serializable;
import java.util.List;

/**
 * The devices of a node to which DRBD lets nothing through for now, for whatever reason: whoever reads or writes one, or
 * files on it, waits and cannot be ended meanwhile. So no probe does.
 *
 * @param minors their minor numbers
 */
public record SuspendedDrbd(List<Integer> minors) implements Serializable {
    /**
     * Lines of shell after which {@code suspended MAJOR:MINOR} tells whether a device is one of them or stands on one,
     * {@code waits PATH} the same by its path, and {@code $susp} has all their minors, each between blanks. With 8.x they
     * start no program, and {@code waits} only where there is such a device: the first of the flags in /proc/drbd is "s".
     * With 9 they ask {@code drbdsetup events2}, which tells resources before devices.
     */
    public static final String SHELL =
            """
            susp=' '
            if [ -r /proc/drbd ]; then
              v=; read -r v < /proc/drbd
              case $v in
                *' 8.'*)
                  while read -r m a b c p f x; do
                    case $m:$f in [0-9]*::s*) susp="$susp${m%:} " ;; esac
                  done < /proc/drbd ;;
                *)
                  for m in $(drbdsetup events2 --now | (s=' '
                    while read -r e k n x; do
                      case "$k $x " in
                        'resource '*' suspended:no '*) ;;
                        'resource '*' suspended:'*) s="$s$n " ;;
                        'device '*) case $s in *" $n "*) m=${x#*minor:}; echo "${m%% *}" ;; esac ;;
                      esac
                    done)); do susp="$susp$m "; done ;;
              esac
            fi
            suspended() {
              case $susp:$1 in
                ' :'*) return 1 ;;
                *:147:*) case $susp in *" ${1#*:} "*) return 0 ;; *) return 1 ;; esac ;;
              esac
              for below in /sys/dev/block/$1/slaves/*/dev; do
                [ -r "$below" ] && read -r below < "$below" && suspended "$below" && return 0
              done
              return 1
            }
            waits() {
              [ "$susp" != ' ' ] && t=$(stat -L -c '0x%t 0x%T' "$1") && suspended "$((${t% *})):$((${t#* }))"
            }
            """;

    /**
     * Lines of shell after {@link #SHELL} after which {@code away PATH} tells whether the path leads below the mount of such
     * a device, without following it there.
     */
    static final String PLACES =
            """
            at() {
              while read -r a b n r m x; do
                case $m in *\\\\*) m=$(printf %b "$(printf %s "$m" | sed 's/\\\\/\\\\0/g')") ;; esac
                [ "$m" = "$1" ] && suspended "$n" && return 0
              done < /proc/self/mountinfo
              return 1
            }
            away() {
              [ "$susp" != ' ' ] || return 1
              p=; l=${1#/}/; i=0
              while [ -n "$l" ] && [ $i -lt 100 ]; do
                i=$((i + 1)); c=${l%%/*}; l=${l#*/}
                case $c in ''|.) continue ;; ..) p=${p%/*}; continue ;; esac
                p=$p/$c
                if at "$p"; then return 0; fi
                [ -L "$p" ] || continue
                t=$(readlink "$p")
                case $t in /*) p= ;; *) p=${p%/*} ;; esac
                l=$t/$l
              done
              return 1
            }
            """;

    /** Asks for them. */
    public static final Probe<SuspendedDrbd> PROBE =
            new Probe<>("suspended drbd", SHELL + "echo $susp", reading -> parse(reading.text()));

    public SuspendedDrbd {
        minors = List.copyOf(minors);
    }

    private static SuspendedDrbd parse(String text) {
        return new SuspendedDrbd(text.lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .filter(word -> word.matches("\\d{1,7}"))
                .map(Integer::valueOf)
                .toList());
    }
}
