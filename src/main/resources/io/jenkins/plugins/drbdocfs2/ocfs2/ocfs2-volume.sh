# ocfs2-volume DEVICE COMMAND...: prints the output of debugfs.ocfs2 for these commands; fails if the device is suspended;
# after suspended-drbd.sh.
d=$1; shift
if [ -b "$d" ] && ! path_suspended "$d"; then
  printf '%s\n' "$@" | debugfs.ocfs2 -f /dev/stdin "$d"
else
  (exit 1)
fi
