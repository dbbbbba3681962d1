# Prints the users of the block devices of the node, one per line; after suspended-drbd.sh. Nothing on a device is read. The
# type of a path is read only if that cannot hang on a suspended DRBD device.
susp=${susp?}
for t in stat readlink find xargs sort sed; do
  command -v $t > /dev/null || { echo "$t: not found" >&2; exit 4; }
done
kind() {
  case $susp:$1 in ' :'*|*:/dev/*) stat -L -c '%F %t:%T' -- "$1" ;; esac
}
number() {
  k=$(kind "$1")
  case $k in 'block special file '*) k=${k##* }; echo "$((0x${k%:*})):$((0x${k#*:}))" ;; esac
}
for d in /sys/class/block/*; do
  v=; read -r v < "$d/dev" || continue
  n=${d##*/}; m=
  [ ! -r "$d/dm/name" ] || read -r m < "$d/dm/name"
  echo "device $n $v $m"
  for s in "$d"/slaves/*; do [ ! -e "$s" ] || echo "over $n ${s##*/}"; done
  for p in "$d"/*/partition; do [ ! -e "$p" ] || { p=${p%/partition}; echo "part ${p##*/} $n"; }; done
  f=
  if [ -r "$d/loop/backing_file" ] && IFS= read -r f < "$d/loop/backing_file" && [ "$f" ]; then
    read -r o < "$d/loop/offset"
    b=$(number "$f"); printf 'loop %s %s %s %s\n' "$n" "$o" "${b:--}" "$f"
  fi
done
{
  read -r f t
  while read -r f t; do
    b=$(number "$(printf %b "$f")"); printf 'swap %s %s\n' "${b:--}" "$f"
  done
} < /proc/swaps
for d in /sys/fs/btrfs/*/devices/*; do
  [ ! -e "$d" ] || { u=${d#/sys/fs/btrfs/}; echo "btrfs ${d##*/} ${u%%/*}"; }
done
for f in /sys/kernel/config/target/core/*/*/udev_path /sys/kernel/config/nvmet/subsystems/*/namespaces/*/device_path \
  /sys/kernel/scst_tgt/devices/*/filename; do
  p=
  if [ ! -r "$f" ] || ! IFS= read -r p < "$f" || [ -z "$p" ]; then continue; fi
  b=$(number "$p")
  case $f in
    */nvmet/*) w='an NVMe target' ;;
    *) w='an iSCSI or other SCSI target' ;;
  esac
  [ -z "$b" ] || echo "export $b $w"
done
# xargs, because there may be more processes than arguments; a search of all of /proc reads 50 entries more for each process
# shellcheck disable=SC2016
printf '%s\n' /proc/[0-9]*/fd | xargs sh -c 'exec find "$@" -maxdepth 1 -lname "/dev/*" ! -lname /dev/null \
  ! -lname /dev/zero ! -lname "/dev/pts/*" ! -lname "/dev/tty*" ! -lname "/dev/shm/*" ! -lname "/dev/*random" \
  ! -lname /dev/kmsg ! -lname /dev/fuse ! -lname /dev/console -exec stat -L -c "%f %t %T %n" {} +' sh |
  while read -r f a b l; do
    case $f in 6???) ;; *) continue ;; esac
    p=${l#/proc/}; p=${p%%/*}; c=
    read -r c < "/proc/$p/comm"
    # these open any device for a moment
    case $c in systemd-udevd|'(udev-worker)'|udevd|multipathd) continue ;; esac
    echo "open $((0x$a)):$((0x$b)) $p $c"
  done
own=$(readlink /proc/self/ns/mnt)
# shellcheck disable=SC2016
printf '%s\n' /proc/[0-9]*/ns/mnt | xargs sh -c 'exec find "$@" -maxdepth 0 -printf "%l %p\n"' sh |
  sort -u -k 1,1 | while read -r w p; do
  [ "$w" != "$own" ] || continue
  c=; p=${p#/proc/}; p=${p%%/*}
  read -r c < "/proc/$p/comm"
  # a shell reads files byte by byte
  sed -n '/^[^ ]* [^ ]* 0:/!s/^[^ ]* [^ ]* \([^ ]*\) [^ ]* \([^ ]*\) .*/\1 \2/p' "/proc/$p/mountinfo" |
    while read -r v m; do echo "elsewhere $v $p $m $c"; done
done
echo end
