# Prints the output of drbdadm dump for all resources after a line "= dump", and before it "real PATH REAL PATH [NAME]" for
# each path of a disk, which only the node can resolve. If drbdadm fails: "= failed CODE" and its message. DRBD 8.3 fails if
# there are no resources.
command -v drbdadm > /dev/null || exit 3
d=$(drbdadm dump) || {
  echo "= failed $?"
  drbdadm dump 2>&1 > /dev/null | sed 's|^drbd\.d/|/etc/&|'
  exit 0
}
set -f
p=; seen=
for w in $d; do
  k=$p; p=$w
  case $k in disk|meta-disk|flexible-meta-disk) ;; *) continue ;; esac
  w=${w%;}
  case $w in \"*) w=${w#?}; w=${w%?} ;; esac
  case $w in /*) ;; *) continue ;; esac
  case "$seen " in *" $w "*) continue ;; esac
  seen="$seen $w"
  f=$(readlink -f "$w"); m=
  read -r m < "/sys/class/block/${f##*/}/dm/name"
  echo "real $w $f${m:+ /dev/mapper/$m}"
done
echo "= dump"
printf '%s\n' "$d"
