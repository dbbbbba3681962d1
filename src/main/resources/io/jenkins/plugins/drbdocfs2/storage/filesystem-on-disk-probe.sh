# filesystem-on-disk-probe DEVICE: prints filesystem_checksum and filesystem_on_disk; after suspended-drbd.sh and
# filesystem-on-disk.sh.
[ -b "$1" ] || exit 1
if path_suspended "$1"; then exit 1; fi
filesystem_checksum "$1"
filesystem_on_disk "$1"
