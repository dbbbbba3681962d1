# declare-data RESOURCE VOLUME MINOR BYTES: makes the data below a new resource the good ones, by a promotion that ends at
# once. Ends with exit code 75 if its metadata are no longer new, or its device is smaller than BYTES.
r=$1; m=$3
case $(drbdadm get-gi "$r/$2") in
  000000000000000[45]:*) ;;
  *) echo "The metadata of $r/$2 are no longer new; nothing was changed" >&2; exit 75 ;;
esac
s=; read -r s < "/sys/dev/block/147:$m/size"
if [ $((${s:-0} * 512)) -lt "$4" ]; then
  echo "/dev/drbd$m has $((${s:-0} * 512)) bytes, and the filesystem below it $4; it was not promoted" >&2
  exit 75
fi
drbdadm primary --force "$r" || exit
# udev may read the new content
n=0
until drbdadm secondary "$r"; do
  n=$((n + 1)); [ $n -lt 10 ] && sleep 1 || exit 1
done
