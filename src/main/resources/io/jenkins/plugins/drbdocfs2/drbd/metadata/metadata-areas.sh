# metadata-areas RESOURCE: prints the place of the metadata of each volume and the content of its superblock: volume,
# device, "internal", "flex-external" or slot, size of the device in bytes, offset of the superblock, its first words. It
# reads with direct I/O because DRBD writes its metadata so, and the page cache of a disk in use may be outdated.
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
