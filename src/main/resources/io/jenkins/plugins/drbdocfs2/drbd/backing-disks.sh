# Prints the disks that DRBD holds, "held MINOR NUMBER SECTORS PATH", and their paths in "drbdsetup show": "disk" or
# "meta-disk", MINOR, the number of the device that the path leads to now or "-", and the path. A number in brackets after a
# path of metadata is its slot.
[ -d /sys/module/drbd ] || exit 0
for h in /sys/class/block/*/holders/drbd*; do
  [ -e "$h" ] || continue
  b=${h%/holders/*}; n=/dev/${b##*/}; d=; s=
  read -r d < "$b/dev"; read -r s < "$b/size"
  if [ -r "$b/dm/name" ] && read -r n < "$b/dm/name"; then n=/dev/mapper/$n; fi
  echo "held ${h##*/drbd} $d $s $n"
done
show=$(drbdsetup show) || exit 1
# a shell reads byte by byte, so only these lines reach it
printf '%s\n' "$show" | grep -E '^[[:space:]]*(device|disk|meta-disk)[[:space:]]' | while read -r k a b _; do
  case $k in
    device) [ "$a" != minor ] || m=${b%;} ;;
    disk | meta-disk)
      case $a in '"'*) ;; *) continue ;; esac
      p=${a#\"}; p=${p%%\"*}; t=
      [ ! -b "$p" ] || t=$(stat -L -c '0x%t 0x%T' "$p")
      if [ "$t" ]; then t=$((${t% *})):$((${t#* })); fi
      echo "$k $m ${t:--} $p"
      ;;
  esac
done
true
