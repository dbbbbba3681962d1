# From here on, the output of "drbd" has the names of the real files; after candidate-files.sh.
t=${t?}; conf=${conf?}
drbd() {
  w=$(drbdadm -c "$conf" "$@" 2>&1) && c=0 || c=$?
  if [ "$c" != 0 ]; then exec >&2; fi
  printf '%s\n' "$w" | sed "s|$t/|/etc/|g; s|^drbd\.d/|/etc/&|"
  return "$c"
}
