# Prints what all resources do, from what the node's generation of DRBD can tell. Each part ends with a line "= NAME CODE", which
# names it and has its exit code. The minors of a resource are asked for only if /proc/drbd must tell all.
[ -d /sys/module/drbd ] || exit 3
e=$(drbdsetup events2 --now --statistics); c=$?; printf '%s\n' "$e"; echo "= events2 $c"
[ $c = 0 ] || printf '(exit code %s)\n' "$c" >&2
read -r v < /sys/module/drbd/version
case $v in
  8.*)
    case $c$e in 0*Sync*|0*Verify*|[!0]*) cat /proc/drbd; echo "= proc $?" ;; esac
    [ $c = 0 ] || for r in $(drbdadm sh-resources); do
      drbdadm dump "$r" | sed -n "s/^ *volume \([0-9]*\) .*/$r volume \1/p
        s/^ *device .*minor \([0-9]*\);.*/$r minor \1/p"
    done
    echo "= minors 0" ;;
  *) drbdsetup status --json; echo "= json $?" ;;
esac
true
