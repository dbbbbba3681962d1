# Prints the state of all resources, as the node's generation of DRBD reports it. Each part ends with a line "= NAME CODE"
# with its name and exit code. The minor numbers of a resource are read only if /proc/drbd is the only source.
if [ -d /sys/module/drbd ]; then
  e=$(drbdsetup events2 --now --statistics); c=$?; printf '%s\n' "$e"; echo "= events2 $c"
  [ $c = 0 ] || printf '(exit code %s)\n' "$c" >&2
  v=; read -r v < /sys/module/drbd/version
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
else
  (exit 3)
fi
