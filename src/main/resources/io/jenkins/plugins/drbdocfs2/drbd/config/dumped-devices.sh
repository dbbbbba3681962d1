# Prints the output of drbdadm dump for all resources after a line "= dump", and before it "real PATH REAL PATH [NAME]" for
# each path of a disk, which only the node can resolve. If drbdadm fails: "= failed CODE" and its message. DRBD 8.3 fails if
# there are no resources. After real-path.sh.
# shellcheck disable=SC2154
if ! command -v drbdadm > /dev/null; then
  (exit 3)
elif d=$(drbdadm dump); then
  set -f; p=; seen=
  for w in $d; do
    k=$p; p=$w
    case $k in disk | meta-disk | flexible-meta-disk) ;; *) continue ;; esac
    w=${w%;}
    case $w in \"*) w=${w#?}; w=${w%?} ;; esac
    case $w in /*) ;; *) continue ;; esac
    case "$seen " in *" $w "*) continue ;; esac
    seen="$seen $w"
    real_path "$w"; m=
    read -r m < "/sys/class/block/${real##*/}/dm/name"
    echo "real $w $real${m:+ /dev/mapper/$m}"
  done
  set +f
  echo "= dump"
  printf '%s\n' "$d"
else
  echo "= failed $?"
  drbdadm dump 2>&1 > /dev/null | sed 's|^drbd\.d/|/etc/&|'
  true
fi
