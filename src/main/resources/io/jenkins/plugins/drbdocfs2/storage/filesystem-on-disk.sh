# Functions about a filesystem on a device, which may have internal metadata of DRBD behind it. They also work while DRBD has
# the device.
#
# filesystem_on_disk DEVICE: prints the size of the device, what blkid(8) finds besides metadata of DRBD, a line "=", and what
#   the tools of the filesystem say of it and its journal; fails if they do not tell its size.
# filesystem_checksum DEVICE: prints a checksum of that, which changes if the filesystem was mounted or resized.
# same_filesystem DEVICE CHECKSUM: ends the script with exit code 75 if it is not the same.
filesystem_on_disk() {
  blockdev --getsize64 "$1" || return
  blkid -c /dev/null -p -n nodrbd -o export "$1"
  echo '='
  case $(blkid -c /dev/null -p -n nodrbd -s TYPE -o value "$1") in
    ocfs2) printf 'stats\nquit\n' | debugfs.ocfs2 -f /dev/stdin "$1" ;;
    # a dirty log is printed as a whole after this line
    xfs) xfs_info "$1" && xfs_logprint -t "$1" | sed '/ state: </q' ;;
    ext[234]) dumpe2fs -h "$1" ;;
  esac
}

filesystem_checksum() { filesystem_on_disk "$1" 2> /dev/null | cksum; }

same_filesystem() {
  [ "$(filesystem_checksum "$1")" = "$2" ] || {
    echo "$1 no longer has the filesystem that was checked; it was not changed" >&2
    exit 75
  }
}
