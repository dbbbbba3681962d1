# candidate-files ETC FILE TEXT: creates a directory $t with a new text of ETC/FILE and all other files of the node. It is
#   removed when the shell ends. In later lines, "drbd" is drbdadm(8) with these files, which $conf includes: those that the
#   node's own drbd.conf includes, with all its other content.
#
# Relative names of included files are relative to the including file: drbd.conf(5). A file with includes is copied, so that
# all that it includes below /etc/drbd* is in $t; other files are links.
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
conf=$t/drbd$g.conf
drbd() { drbdadm -c "$conf" "$@"; }
