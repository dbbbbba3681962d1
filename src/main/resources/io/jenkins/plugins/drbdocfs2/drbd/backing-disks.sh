# Prints the disks that DRBD holds, "held MINOR NUMBER SECTORS PATH", and their paths in "drbdsetup show": "disk" or
# "meta-disk", MINOR, the number of the device that the path leads to now or "-", and the path. A number in brackets after a
# path of metadata is its slot.
if [ -d /sys/module/drbd ]; then
  for h in /sys/class/block/*/holders/drbd*; do
    [ -e "$h" ] || continue
    b=${h%/holders/*}; n=/dev/${b##*/}; d=; s=
    read -r d < "$b/dev"; read -r s < "$b/size"
    if [ -r "$b/dm/name" ] && read -r n < "$b/dm/name"; then n=/dev/mapper/$n; fi
    echo "held ${h##*/drbd} $d $s $n"
  done
  if show=$(drbdsetup show); then
    m=; set -f; IFS="
"
    for l in $show; do
      unset IFS
      # shellcheck disable=SC2086
      set -- $l
      case ${1-} in
        device) [ "${2-}" != minor ] || m=${3%;} ;;
        disk | meta-disk)
          case ${2-} in '"'*) ;; *) continue ;; esac
          p=${2#\"}; p=${p%%\"*}; t=
          [ ! -b "$p" ] || t=$(stat -L -c '0x%t 0x%T' "$p")
          if [ "$t" ]; then t=$((${t% *})):$((${t#* })); fi
          echo "$1 $m ${t:--} $p"
          ;;
      esac
    done
    unset IFS; set +f
  else
    (exit 1)
  fi
fi
