# ocfs2-volume DEVICE COMMAND...: prints the output of debugfs.ocfs2 for these commands; fails if the device is suspended;
# after suspended-drbd.sh.
d=$1; shift
[ -b "$d" ] || exit 1
if path_suspended "$d"; then exit 1; fi
printf '%s\n' "$@" | debugfs.ocfs2 -f /dev/stdin "$d"
