# Prints the links in /dev for the devices in /etc/fstab, one per line, then a line "=", then the paths they resolve to. It
# opens no device and reads no mount point.
[ -r /etc/fstab ] || exit 0
set -f; l=
while read -r s _; do
  v=${s#*=}; v=${v#\"}; v=${v%\"}
  case $s in
    *\\*) continue ;;
    /dev/*) v=$s ;;
    UUID=*) v=/dev/disk/by-uuid/$v ;;
    LABEL=*) v=/dev/disk/by-label/$v ;;
    PARTUUID=*) v=/dev/disk/by-partuuid/$v ;;
    PARTLABEL=*) v=/dev/disk/by-partlabel/$v ;;
    ID=*) v=/dev/disk/by-id/$v ;;
    *) continue ;;
  esac
  l="$l $v"
done < /etc/fstab
[ "$l" ] || exit 0
# shellcheck disable=SC2086
printf '%s\n' $l; echo '='
# shellcheck disable=SC2086
readlink -m -- $l
