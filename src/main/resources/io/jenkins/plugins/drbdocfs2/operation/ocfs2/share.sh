# share DIRECTORY SELF NODES ROUNDS WRITERS PATIENCE: the part of one node in a test that NODES, separated by blanks, share
#   a filesystem. Prints "write ROUND FILE MILLISECONDS" for each file that this node wrote, and "read NODE ROUND FILE
#   MILLISECONDS" for each file of another node that it read.
#
# The name of a file contains the checksum of its content. It is written under another name, flushed and renamed, so that
# only complete files have this name.
D=$1; SELF=$2; NODES=$3; ROUNDS=$4; WRITERS=$5; PATIENCE=$6
end() {
  rc=$?; trap '' HUP INT TERM; trap - EXIT
  if [ $rc != 0 ]; then : > "$D/failed.$SELF"; sleep 1; fi
  if [ $rc != 0 ] || [ "$SELF" = "${NODES%% *}" ]; then rm -rf "$D"; fi
  exit $rc
}
fail() { echo "$*" >&2; exit 1; }
# seconds: sets $seconds to the whole seconds since the boot, without a process
seconds() { read -r seconds _ < /proc/uptime || exit 1; seconds=${seconds%.*}; }
await() {
  seconds; until=$((seconds + PATIENCE))
  for n in $NODES; do
    while [ ! -e "$D/$1.$n" ]; do
      [ -d "$D" ] || fail "$SELF stopped, because another node failed"
      for f in "$D"/failed.*; do
        [ -e "$f" ] && fail "$SELF stopped, because ${f##*/failed.} failed"
      done
      seconds; [ "$seconds" -le "$until" ] || fail "$SELF does not see the file $1.$n of $n, $PATIENCE s after its own"
      sleep 0.05
    done
  done
}
put() {
  text=$(head -c 49152 /dev/urandom | base64) || exit 1
  sum=$(printf %s "$text" | sha256sum) || exit 1
  t=$(date +%s%3N)
  printf %s "$text" > "$D/part.$SELF.$1.$2" && sync "$D/part.$SELF.$1.$2" \
    && mv "$D/part.$SELF.$1.$2" "$D/data.$SELF.$1.$2.${sum%% *}" || exit 1
  echo "write $1 $2 $(($(date +%s%3N) - t))"
}
get() {
  for w in $(seq "$WRITERS"); do
    set -- "$1" "$2" "$D/data.$1.$2.$w".*
    { [ $# = 3 ] && [ -e "$3" ]; } || fail "$SELF does not see file $w of round $2 of $1"
    t=$(date +%s%3N)
    sum=$(sha256sum < "$3") || fail "$SELF cannot read file $w of round $2 of $1"
    [ "${sum%% *}" = "${3##*.}" ] || fail "$SELF reads other content in file $w of round $2 than $1 wrote"
    echo "read $1 $2 $w $(($(date +%s%3N) - t))"
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
await 'done'
: > "$D/left.$SELF" || exit 1
[ "$SELF" != "${NODES%% *}" ] || await left
