# Prints the groups, volumes and physical volumes of LVM, then the real paths of the physical volumes as "PATH|REAL PATH",
# with lines "=" between these parts; after suspended-drbd.sh. LVM reads all block devices of the node, so it does not run
# while one of them is suspended. The attributes come last because their length is known, which shows whether a line was cut
# off.
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
