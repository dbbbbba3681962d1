# ocfs2-volume DEVICE COMMAND...: prints what debugfs.ocfs2 says to these commands; fails if the device waits; after
# suspended-drbd.sh.
d=$1; shift
[ -b "$d" ] || exit 1
if waits "$d"; then exit 1; fi
printf '%s\n' "$@" | debugfs.ocfs2 -f /dev/stdin "$d"
