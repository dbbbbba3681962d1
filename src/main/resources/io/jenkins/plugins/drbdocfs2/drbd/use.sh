# Prints the users of the DRBD devices of the node, one per line; after place_users.
[ -d /sys/module/drbd ] || exit 3
for t in find readlink sed sort; do
  command -v $t > /dev/null || { echo "$t: not found" >&2; exit 4; }
done
for f in /proc/self/mountinfo /proc/self/fd /sys/block; do
  [ -r $f ] || { echo "$f cannot be read" >&2; exit 4; }
done
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
find /proc/[0-9]*/fd -lname '/dev/drbd[0-9]*' -printf '%h %l\n' | sort -u | while read -r p t; do
  p=${p#/proc/}; who process "${t#/dev/drbd}" "${p%/fd}"
done
seen() {
  sed -n 's/^[0-9]* [0-9]* 147:\([0-9]*\) [^ ]* \([^ ]*\) .*/\1 \2/p' "$1"
}
seen /proc/self/mountinfo | sort -u | while read -r m path; do
  p=$(printf %b "$(printf %s "$path" | sed 's/\\\([0-7]\{3\}\)/\\0\1/g')")
  place_users "$p" | while IFS= read -r w; do
    case $w in 'the mount at '*) ;; *) printf 'files %s %s\n' "$m" "$w" ;; esac
  done
done
own=$(readlink /proc/self/ns/mnt)
here=$(seen /proc/self/mountinfo)
find /proc/[0-9]*/ns/mnt -maxdepth 0 -printf '%l %h\n' | sort -u -k 1,1 | while read -r n p; do
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
true
