# metadata-areas RESOURCE: prints where each volume's metadata are and what their superblock says: volume, device, "internal",
# "flex-external" or slot, the device's bytes, the superblock's offset, its first words. It is read past the page cache: DRBD
# writes its metadata past it, so that what is cached of a disk in use may be old.
# shellcheck disable=SC2046
r=$1
v=$(drbdadm dump "$r" | sed -n 's/^[[:space:]]*volume \([0-9]*\) .*/\1/p' | sort -un)
set -f
for v in ${v:-0}; do
  set -- $(drbdadm -d get-gi "$r/$v" | sed -n 's/^drbdmeta [0-9]* v[0-9]* //p' | head -n 1)
  [ -b "$1" ] || continue
  s=$(blockdev --getsize64 "$1") || continue
  case $2 in
    internal) o=$((s / 4096 * 4096 - 4096));;
    flex-external) o=0;;
    *) o=$(($2 * 134217728));;
  esac
  echo "$v $1 $2 $s $o" \
    $(dd if="$1" bs=4096 iflag=direct skip=$((o / 4096)) count=1 | od -An -v -t x4 -N 128 --endian=big)
done
true
