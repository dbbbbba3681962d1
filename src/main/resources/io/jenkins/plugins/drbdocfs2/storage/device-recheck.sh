# Functions that check a device again right before an action in the same script; after content.sh. Each ends the script with
# exit code 75 and a message on standard error if the device has changed.
#
# same_device PATH NUMBER: it is the device with this number.
# same_use PATH FREE [USER...]: it has no users except these names of devices on it. FREE is 1 if it could be opened
#   exclusively.
# same_content PATH BLANK TYPE UUID PTTYPE PTUUID: blkid(8) finds the same and, if it was blank, it still is.
# same_part PATH BEGIN END: this part of it is blank, however small it is.
changed() {
  echo "$1; it was not changed" >&2
  exit 75
}

same_device() {
  t=$(stat -L -c '0x%t 0x%T' "$1")
  [ "$((${t% *})):$((${t#* }))" = "$2" ] || changed "$1 is no longer the device $2"
}

same_use() {
  d=$1; free=$2; shift 2
  for t in stat readlink find xargs cat grep; do
    command -v $t > /dev/null || changed "without $t it is unknown whether $d is still unused"
  done
  t=$(stat -L -c '0x%t 0x%T' "$d")
  n=$((${t% *})):$((${t#* }))
  # xargs, because there may be more processes than arguments
  if printf '%s\n' /proc/[0-9]*/mountinfo | xargs cat 2> /dev/null |
    grep -q "^[0-9]* [0-9]* $n "; then
    changed "$d has been mounted since the check"
  fi
  for h in "/sys/dev/block/$n/holders"/*; do
    [ -e "$h" ] || continue
    u=${h##*/}
    [ ! -r "$h/dm/name" ] || read -r u < "$h/dm/name"
    case " $* " in *" $u "*) ;; *) changed "$d is now in use by $u" ;; esac
  done
  for f in /sys/block/loop*/loop/backing_file; do
    if [ ! -r "$f" ] || ! IFS= read -r p < "$f"; then continue; fi
    u=${f#/sys/block/}; u=${u%%/*}
    if [ ! -b "$p" ] || [ "$(stat -L -c '0x%t 0x%T' "$p")" != "$t" ]; then continue; fi
    case " $* " in *" $u "*) ;; *) changed "$d is now in use by $u" ;; esac
  done
  while read -r p u; do
    [ -b "$p" ] && [ "$(stat -L -c '0x%t 0x%T' "$p")" = "$t" ] && changed "$d is now in use as swap"
  done < /proc/swaps
  r=$(readlink -f "$d")
  # shellcheck disable=SC2044
  # shellcheck disable=SC2016
  for p in $(printf '%s\n' /proc/[0-9]*/fd |
    device=$r xargs sh -c 'exec find "$@" -maxdepth 1 -lname "$device" -print' sh 2> /dev/null); do
    p=${p#/proc/}; p=${p%%/*}; u=
    read -r u 2> /dev/null < "/proc/$p/comm"
    case $u in ''|systemd-udevd|'(udev-worker)'|udevd|multipathd) continue ;; esac
    changed "$d is now open in process $p ($u)"
  done
  if [ "$free" = 1 ]; then
    perl -e 'use Fcntl; use Errno; exit(!sysopen(D, $ARGV[0], O_RDONLY|O_EXCL) && $!{EBUSY} ? 9 : 0)' "$d" 2> /dev/null
    [ $? != 9 ] || changed "$d is now in use"
  fi
}

same_content() {
  d=$1; blank=$2; shift 2
  for tag in TYPE UUID PTTYPE PTUUID; do
    [ "$(blkid -c /dev/null -p -s $tag -o value "$d")" = "$1" ] ||
      changed "$d no longer has the content that was checked"
    shift
  done
  if [ "$blank" ]; then
    [ "$(content sample "$d" 0 "$blank")" = 'zero inside' ] || changed "$d is no longer blank"
  fi
}

same_part() {
  [ "$(content sample "$1" "$2" "$3")" = 'zero inside' ] || changed "$1 is no longer blank"
}
