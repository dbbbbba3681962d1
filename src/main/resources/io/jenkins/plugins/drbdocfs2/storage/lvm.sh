# Prints LVM's groups, volumes and physical volumes, then the real paths of the physical volumes as "PATH|REAL PATH", with a
# line "=" between each two of them; after suspended-drbd.sh. LVM reads all block devices of the node, so it is not asked while
# one of them waits. The attributes come last since their length is known, so that a line that was cut off is seen to be.
[ "${susp?}" = ' ' ] || exit 1
report() { "$1" --noheadings --units b --nosuffix --separator '|' -o "$2"; }
report vgs vg_name,vg_size,vg_free,vg_extent_size,vg_attr; a=$?; echo '='
report lvs vg_name,lv_name,lv_size,lv_attr; b=$?; echo '='
p=$(report pvs pv_name,vg_name,pv_size,pv_attr); c=$((a | b | $?))
printf '%s\n=\n' "$p"
printf '%s\n' "$p" | while IFS='|' read -r d _; do
  d=/${d#*/}; [ -e "$d" ] && printf '%s|%s\n' "$d" "$(readlink -f "$d")"
done
exit $c
