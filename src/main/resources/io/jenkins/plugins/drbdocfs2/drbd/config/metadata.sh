# Prints "gi VOLUME" with the generation identifiers of each volume of the resource $r with the dump $d; after
# configured-resource.sh.
#
# Only get-gi reliably finds metadata without changing anything, attached or not, cleanly closed or not; "dump-md" fails on
# every device that was ever attached. But get-gi loads the module, as adjust does, which a probe must not. Without the
# module the superblock is therefore read directly; "drbdadm -d get-gi" only prints its place. The magic number and the
# identifiers are at the same place in 8.3, 8.4 and 9.
# shellcheck disable=SC2046
r=${r?}; d=${d?}; conf=${conf?}
prefixed() {
  set -f; IFS="
"; for l in $2; do printf '%s %s\n' "$1" "$l"; done; unset IFS; set +f
}
gi_on_disk() {
  set -f
  set -- $(drbdadm ${conf:+-c "$conf"} -d get-gi "$r/$1" | sed -n 's/^drbdmeta [0-9]* v[0-9]* //p')
  s=$(blockdev --getsize64 "$1") || return
  case $2 in
    internal) o=$((s / 4096 * 4096 - 4096));;
    flex-external) o=0;;
    *) o=$(($2 * 134217728));;
  esac
  set -- $(dd if="$1" bs=64 iflag=skip_bytes,count_bytes skip=$o count=64 | od -An -v -t x8 --endian=big)
  case $8 in *8374026b|*8374026c|*8374026d) echo "$2:$3:$4:$5:0:0:0:0:0:0:0";; esac
}
v=; p=; h=; f=; set -f
for w in $d; do
  case $p in
    resource) case $w in "$r"|"\"$r\"") h=1; f=0 ;; *) h= ;; esac ;;
    volume) case "$h $v " in "1 "*" $w "*|" "*) ;; *) v="$v $w" ;; esac ;;
  esac
  p=$w
done
set +f
for w in ${v:-$f}; do
  if [ -d /sys/module/drbd ]; then
    i=$(drbdadm ${conf:+-c "$conf"} get-gi "$r/$w")
  else
    i=$(gi_on_disk "$w")
  fi
  prefixed "gi $w" "$i"
done
