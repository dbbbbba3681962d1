# wipe-with-signatures DEVICE BYTES: overwrites with zeros all that a later check of the device would find; after
# content.sh. The signatures are overwritten last, so that they identify the device until the end.
d=$1; bytes=$2
# shellcheck disable=SC2046
set -- $(wipefs -n -p "$d" | sed -n 's/^\(0x[0-9a-f]*\),.*/\1/p')
k=; for o in "$@"; do k="$k $((o))"; done
# shellcheck disable=SC2086
content wipe "$d" 0 "$bytes" $k || exit
wipefs -a "$d" || exit
content wipe "$d" 0 "$bytes"
