# filesystem-size DEVICE: prints the type of the filesystem on a device, "=", and what its own tool says of its size; fails if
# the tool does, or the device is suspended; after suspended-drbd.sh. xfs_info(8) asks the kernel if it is mounted.
d=$1
[ -b "$d" ] || exit 1
if path_suspended "$d"; then exit 1; fi
t=$(blkid -c /dev/null -p -s TYPE -o value "$d")
printf '%s\n=\n' "$t"
case $t in
  ocfs2) printf 'stats\nquit\n' | debugfs.ocfs2 -f /dev/stdin "$d" ;;
  xfs) xfs_info "$d" ;;
  ext[234]) dumpe2fs -h "$d" ;;
esac
