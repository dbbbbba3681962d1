# metadata-recheck DEVICE OFFSET: ends the script with exit code 76 if the superblock of DRBD's metadata is no longer there.
case $(dd if="$1" bs=4096 iflag=direct skip=$(($2 / 4096)) count=1 2> /dev/null | od -An -t x4 -j 60 -N 4 --endian=big) in
  *8374026[bcd]) ;;
  *) echo "there are no metadata at byte $2 any more" >&2; exit 76 ;;
esac
