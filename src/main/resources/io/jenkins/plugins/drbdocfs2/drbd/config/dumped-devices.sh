# Prints what drbdadm dump says of all resources, after a line "= dump"; before it "real PATH REAL PATH [NAME]" for each path of
# a disk, for only the node can tell where it leads. If drbdadm fails: "= failed CODE" and what it says. DRBD 8.3 fails if there
# is nothing to dump.
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
