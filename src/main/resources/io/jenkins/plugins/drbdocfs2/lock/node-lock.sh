# $1: the file of the lock, $2: the ID of the owner, $3: its name. Locks the node as long as this script runs, and says so in its
# first line.
command -v flock >/dev/null || { echo "missing"; exit 0; }
umask 077
exec 9>>"$1" || exit
if ! flock -n 9; then
  # The line is that of an earlier owner if its process does not have the file open
  IFS=' ' read -r id process owner <"$1"
  [ "$(readlink -f "/proc/$process/fd/9")" = "$(readlink -f "$1")" ] || { id=''; owner=''; }
  if [ "$id" != "$2" ]; then
    echo "held $owner"
    exit 0
  fi
  # by the same owner through another connection; when that ends, the lock passes to this one
  echo "shared"
  flock 9 || exit
  printf '%s %s %s\n' "$2" $$ "$3" >"$1" || exit
else
  printf '%s %s %s\n' "$2" $$ "$3" >"$1" || exit
  echo "locked"
fi
# A line a minute: its loss tells sshd that nobody is there any more, if the other end was switched off
while sleep 60; do echo || exit; done
