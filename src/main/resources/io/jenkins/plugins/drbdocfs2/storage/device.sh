# device PATH: prints the kind, the users and the content of a device; after suspended-drbd.sh, real-path.sh and content.sh.
# The device is searched for data only if no content is known and nothing uses it except DRBD, which is a known content.
# shellcheck disable=SC2154
look_at_device() {
  d=$1
  [ -e "$d" ] || { echo absent; return; }
  [ -b "$d" ] || { echo other; return; }
  r=$d
  case $d in
    /dev/*/*) r=$(readlink -f "$d") ;;
    *) [ ! -L "$d" ] || r=$(readlink -f "$d") ;;
  esac
  t=$(stat -L -c '0x%t 0x%T' "$d") || { echo block; return 2; }
  n=$((${t% *})):$((${t#* }))
  s=; read -r s < "/sys/dev/block/$n/size"
  s=$((${s:-0} * 512))
  printf '%s\n' block "real $r" "number $n" "bytes $s"
  others=; held=
  for h in "/sys/dev/block/$n/holders"/*; do
    [ -e "$h" ] || continue
    u=${h##*/}; [ ! -e "$h/dm/name" ] || read -r u < "$h/dm/name"
    echo "user $u"; held=1
    case $u in drbd[0-9]*) ;; *) others=1 ;; esac
  done
  for p in "/sys/dev/block/$n"/*/partition; do [ -e "$p" ] && p=${p%/*} && echo "user ${p##*/}" && others=1; done
  while read -r f rest; do
    case $f in /*) real_path "$f"; [ "$real" = "$r" ] && echo "user swap" && others=1 ;; esac
  done < /proc/swaps
  if suspended $n; then echo suspended; return 0; fi
  m=1048576; [ "$s" -ge $m ] || m=$s
  cmp -s -n $m "$d" /dev/zero; c=$?
  [ $c -gt 1 ] || echo readable
  [ $c = 0 ] && echo "zero begin" && dd if="$d" bs=$m count=1 iflag=skip_bytes skip=$((s - m)) \
    | cmp -s -n $m - /dev/zero && echo "zero end"
  w=$(wipefs -n -p "$d")
  found=
  set -f; IFS="
"
  for l in $w; do case $l in "#"*) ;; *) printf 'wipefs %s\n' "$l"; found="$found${l##*,} " ;; esac; done
  set +f; unset IFS
  if [ $c -le 1 ]; then
    # who is named as its holder has opened it exclusively
    if [ "$held" ] || ! opens_exclusively "$d"; then echo busy; fi
  fi
  if [ $c = 0 ] && [ -z "$others" ]; then
    case $found in
      '') (content search "$d" 0 $s) ;;
      # internal metadata: the superblock in the last whole block has their begin
      'drbd ')
        o=$(((s / 4096 - 1) * 4096))
        # shellcheck disable=SC2046
        set -- $(dd if="$d" bs=4096 iflag=direct skip=$((o / 4096)) count=1 | od -An -v -t d4 -j 60 -N 20 --endian=big)
        case $1 in
          # 8374026b, c or d
          -2089549205|-2089549204|-2089549203)
            if [ "$5" -lt 0 ] && [ $((o + $5 * 512)) -gt 0 ]; then (content search "$d" 0 $((o + $5 * 512))); fi ;;
        esac ;;
    esac
  fi
  echo blkid
  blkid -c /dev/null -p -o export "$d"
  true
}

# Fails only if the device is busy; succeeds without perl
opens_exclusively() {
  perl -e 'use Fcntl; exit(!sysopen(D, $ARGV[0], O_RDONLY|O_EXCL) && $! == 16 ? 9 : 0)' "$1"
  [ $? != 9 ]
}

look_at_device "$1"
