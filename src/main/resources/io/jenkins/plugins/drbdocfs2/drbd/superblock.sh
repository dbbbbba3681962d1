# superblock DEVICE WHERE: prints the nodes in the superblock of DRBD 9 metadata, if there is one, at the byte WHERE or, for
# "internal", at the end of the device; after suspended-drbd.sh. The magic number of DRBD 9 is at byte 60, the number of
# peers with a bitmap at 88, the own node-id at 92 (-1 until it is first attached). From 112 on there are 32 bytes per peer,
# with the index of its bitmap, or -1, at byte 20.
d=$1; w=$2
[ -b "$d" ] || exit 0
t=$(stat -L -c '0x%t 0x%T' "$d")
suspended "$((${t% *})):$((${t#* }))" && exit 0
s=$(blockdev --getsize64 "$d") || exit 0
case $w in internal) w=$((s / 4096 * 4096 - 4096)) ;; esac
# shellcheck disable=SC2046
set -- $(dd if="$d" bs=4096 iflag=direct skip=$((w / 4096)) count=1 | od -An -v -t d4 -j 60 -N 1076 --endian=big)
# 8374026d
case $1 in -2089549203) ;; *) exit 0 ;; esac
echo "node-id $9"
echo "max-peers $8"
shift 13
id=0
while [ $# -ge 8 ]; do
  case $6 in -1) ;; *) echo "peer $id" ;; esac
  id=$((id + 1))
  shift 8
done
