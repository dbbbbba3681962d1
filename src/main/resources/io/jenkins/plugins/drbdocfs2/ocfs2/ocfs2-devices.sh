# Prints the devices with OCFS2, except suspended ones; after suspended-drbd.sh. It does not use mounted.ocfs2(8), which
# loads the kernel modules of OCFS2.
find_ocfs2() { blkid -c /dev/null -t TYPE=ocfs2 -o device "$@"; }
if [ "${susp?}" = ' ' ]; then
  find_ocfs2
else
  set --
  while read -r a b _ d; do
    case $a in [0-9]*) suspended "$a:$b" && continue ;; *) continue ;; esac
    f=/sys/dev/block/$a:$b/dm/name
    if [ -r "$f" ] && read -r d < "$f"; then d=mapper/$d; fi
    set -- "$@" "/dev/$d"
  done < /proc/partitions
  [ $# = 0 ] || find_ocfs2 "$@"
fi
true
