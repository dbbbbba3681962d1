# Prints the node-id that DRBD 9's metadata have, if there are some: on the device $d, where $w says; after suspended-DRBD's
# functions. In the superblock the magic number of DRBD 9 is at byte 60, the node-id at 92, -1 until it was first attached.
d=${d?}; w=${w?}
[ -b "$d" ] || exit 0
t=$(stat -L -c '0x%t 0x%T' "$d")
suspended "$((${t% *})):$((${t#* }))" && exit 0
s=$(blockdev --getsize64 "$d") || exit 0
case $w in internal) w=$((s / 4096 * 4096 - 4096)) ;; esac
# shellcheck disable=SC2046
set -- $(dd if="$d" bs=4096 iflag=direct skip=$((w / 4096)) count=1 | od -An -v -t d4 -j 60 -N 36 --endian=big)
# 8374026d
case $1 in -2089549203) echo "node-id $9" ;; esac
