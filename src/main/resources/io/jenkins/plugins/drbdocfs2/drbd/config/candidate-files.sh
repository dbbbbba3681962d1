# candidate-files ETC FILE TEXT: lays out a new text of ETC/FILE together with all other files of the node, in a directory $t of
# its own, which goes when the shell ends; for scripts that come after these lines. From here on "drbd" is drbdadm(8) with
# these files: those that the node's own drbd.conf includes, whatever it says besides.
#
# What is included by a relative name is looked for beside the file that includes it: drbd.conf(5). A file that includes others
# is copied, so that all it includes below /etc/drbd* is what is laid out; other files are links.
e=$1; o=$1$2; x=$3
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
  # dash and busybox have it, too
  # shellcheck disable=SC3013
  if [ "$f" -ef "$o" ]; then ln -s "$c" "$n"; continue; fi
  case "
$i
" in
    *"
$f
"*) w='\(include[[:space:]]\{1,\}"\{0,1\}\)'
    sed "/include/{s|$w\([^/\"[:space:]]\)|\1${f%/*}/\2|g; s|$w$e/drbd|\1$t/drbd|g;}" "$f" > "$n" ;;
    *) ln -s "$f" "$n" ;;
  esac
done
for g in -90 -84 -83 -82 -08 ''; do [ ! -e "$t/drbd$g.conf" ] || break; done
drbd() { drbdadm -c "$t/drbd$g.conf" "$@"; }
