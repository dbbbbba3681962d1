# umount PATH: from here on, a failing umount(8) also prints what uses the filesystem at PATH; after mount-users.sh.
m=$1
umount() {
  command umount "$@" && return 0
  rc=$?
  place_users "$m" | sed 's/^/in use by /' >&2
  return $rc
}
