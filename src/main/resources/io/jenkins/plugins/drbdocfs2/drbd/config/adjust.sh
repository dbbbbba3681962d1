# Prints what "drbdadm adjust" would do to the resource $r: "adjusting", then lines that begin with "adjust"; or
# "unadjusted" and the exit code, then lines that begin with "objection". Prints nothing if the kernel module is not loaded.
# After metadata.sh.
r=${r?}; t=${t?}; conf=${conf?}
if [ -d /sys/module/drbd ]; then
  if a=$(drbdadm ${conf:+-c "$conf"} -d adjust "$r"); then
    echo adjusting; prefixed adjust "$a"
  else
    echo "unadjusted $?"
    drbdadm ${conf:+-c "$conf"} -d adjust "$r" 2>&1 > /dev/null | sed "s|$t/|/etc/|g; s|^drbd\.d/|/etc/&|; s/^/objection /"
  fi
fi
