# fsck DEVICE [repair]: checks an OCFS2 filesystem that no node has mounted; prints what fsck.ocfs2 says, and "= EXIT CODE" after
# each of its runs. Exits with 0 if nothing was repaired, with 1 if something was, and else like fsck.ocfs2.
#
# With -y, fsck.ocfs2 1.8.7 also builds an index for the system directory, which mkfs.ocfs2 makes without one, and the next
# change of this directory corrupts it. So the questions are answered one by one: the one about a missing index with "n".
d=$1
check() {
  fsck.ocfs2 -f -n "$d" < /dev/null 2>&1; c=$?
  echo "= $c"
  [ $c -lt 8 ] || exit $c
}
answer() {
  t='' nl='
'
  while c=$(dd bs=65536 count=1 2>/dev/null; echo .); [ "$c" != . ]; do
    c=${c%.}; printf %s "$c"; t=$t$c
    case $t in
      *' <y> ' | *' <n> ')
        case ${t##*"$nl"} in '[DX_TREE_MISSING]'*) printf n >&3 ;; *) printf y >&3 ;; esac
        t= ;;
    esac
  done
}
found=$(check) || { c=$?; printf '%s\n' "$found"; exit $c; }
printf '%s\n' "$found"
[ "$2" = repair ] || exit 0
printf '%s\n' "$found" | grep -v '^\[DX_TREE_MISSING\]' | grep -q '^\[\|^pass[0-9a-z]*: ' || exit 0
w=$(mktemp -d) || exit 8
trap 'rm -rf "$w"' EXIT
mkfifo "$w/in" && exec 3<>"$w/in" || exit 8
{ fsck.ocfs2 -f "$d" <&3 2>&1; echo "= $?"; } | answer
check
exit 1
