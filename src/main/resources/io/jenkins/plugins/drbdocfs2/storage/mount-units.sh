# Prints the properties Id, Where and What of systemd's mount units that are files, also of disabled ones, as an automount unit
# or another unit can start them; after each What a line Real with the path it resolves to. Units that fstab generates have its
# SourcePath. It opens no device and reads no mount point.
[ -d /run/systemd/system ] || exit 0
set -f
u=$(systemctl list-unit-files --no-legend --no-pager -t mount | sed -n '/^[^ ]* *masked/d; s/^\([^ @]*\.mount\) .*/\1/p')
[ "$u" ] || exit 0
# shellcheck disable=SC2086
systemctl show -p Id -p Where -p What -p SourcePath -- $u | while IFS= read -r l; do
  printf '%s\n' "$l"
  v=${l#What=}
  case $l in
    What=/dev/*) ;;
    What=UUID=*) v=/dev/disk/by-uuid/${v#*=} ;;
    What=LABEL=*) v=/dev/disk/by-label/${v#*=} ;;
    What=PARTUUID=*) v=/dev/disk/by-partuuid/${v#*=} ;;
    What=PARTLABEL=*) v=/dev/disk/by-partlabel/${v#*=} ;;
    *) continue ;;
  esac
  printf 'Real=%s\n' "$(readlink -m -- "$v")"
done
