# Prints the users of the block devices of the node, one per line; after suspended-drbd.sh. Nothing on a device is read. The
# type of a path is read only if that cannot hang on a suspended DRBD device.
susp=${susp?}
# number PATH: sets $b to the number of the block device at PATH; empty if there is none.
number() {
  b=
  case $susp:$1 in ' :'* | *:/dev/*) ;; *) return ;; esac
  if [ -b "$1" ] && b=$(stat -L -c '%t:%T' -- "$1"); then b=$((0x${b%:*})):$((0x${b#*:})); fi
}
# in_proc PATH...: prints "open TYPE MAJOR MINOR LINK" for each link to a block device in the folders of open files, in
# hexadecimal, and "in NAMESPACE LINK" for each link to a mount namespace.
in_proc() {
  find "$@" -maxdepth 1 \( -path '*/ns/mnt' -printf 'in %l %p\n' -o -lname '/dev/*' ! -lname /dev/null \
    ! -lname /dev/zero ! -lname '/dev/pts/*' ! -lname '/dev/tty*' ! -lname '/dev/shm/*' ! -lname '/dev/*random' \
    ! -lname /dev/kmsg ! -lname /dev/fuse ! -lname /dev/console -xtype b -exec stat -L -c 'open %f %t %T %n' {} + \)
}
# In parts, because there may be more processes than arguments; a search of all of /proc reads 50 entries more for each
in_processes() {
  l=/proc/self/ns/mnt; i=0
  for p in /proc/[0-9]*; do
    l="$l $p/fd $p/ns/mnt"; i=$((i + 1))
    # shellcheck disable=SC2086
    if [ $i = 500 ]; then in_proc $l; l=/proc/self/ns/mnt; i=0; fi
  done
  # shellcheck disable=SC2086
  in_proc $l
}
uses() {
  for t in stat find grep; do
    command -v $t > /dev/null || { echo "$t: not found" >&2; return 4; }
  done
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
      number "$f"; printf 'loop %s %s %s %s\n' "$n" "$o" "${b:--}" "$f"
    fi
  done
  {
    read -r f t
    while read -r f t; do
      p=$f
      case $f in *\\*) p=$(printf %b "$f") ;; esac
      number "$p"; printf 'swap %s %s\n' "${b:--}" "$f"
    done
  } < /proc/swaps
  for d in /sys/fs/btrfs/*/devices/*; do
    [ ! -e "$d" ] || { u=${d#/sys/fs/btrfs/}; echo "btrfs ${d##*/} ${u%%/*}"; }
  done
  for f in /sys/kernel/config/target/core/*/*/udev_path /sys/kernel/config/nvmet/subsystems/*/namespaces/*/device_path \
    /sys/kernel/scst_tgt/devices/*/filename; do
    p=
    if [ ! -r "$f" ] || ! IFS= read -r p < "$f" || [ -z "$p" ]; then continue; fi
    number "$p"
    case $f in
      */nvmet/*) w='an NVMe target' ;;
      *) w='an iSCSI or other SCSI target' ;;
    esac
    [ -z "$b" ] || echo "export $b $w"
  done
  found=$(in_processes)
  own=; seen=' '; files=; mounts=; set -f; IFS="
"
  for l in $found; do
    unset IFS
    # shellcheck disable=SC2086
    set -- $l
    case $l in
      'open 6'*)
        p=${5#/proc/}; p=${p%%/*}; c=
        read -r c < "/proc/$p/comm"
        # these open any device for a moment
        case $c in systemd-udevd|'(udev-worker)'|udevd|multipathd) continue ;; esac
        echo "open $((0x$3)):$((0x$4)) $p $c" ;;
      'in '*' /proc/self/ns/mnt') own=$2 ;;
      'in '[!\ ]*)
        case "$seen$own " in *" $2 "*) continue ;; esac
        seen="$seen$2 "; files="$files ${3%/ns/mnt}/mountinfo" ;;
    esac
  done
  # a shell reads files byte by byte; /dev/null, so that grep prints the name of the file
  unset IFS
  # shellcheck disable=SC2086
  [ -z "$files" ] || mounts=$(grep -av '^[^ ]* [^ ]* 0:' /dev/null $files)
  last=; IFS="
"
  for l in $mounts; do
    unset IFS
    # shellcheck disable=SC2086
    set -- $l
    p=${1#/proc/}; p=${p%%/*}
    if [ "$p" != "$last" ]; then last=$p; c=; read -r c < "/proc/$p/comm"; fi
    printf 'elsewhere %s %s %s %s\n' "$3" "$p" "$5" "$c"
  done
  unset IFS; set +f
  echo end
}
uses
