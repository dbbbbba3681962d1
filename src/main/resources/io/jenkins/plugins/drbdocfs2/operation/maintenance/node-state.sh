# Defines node_state, which prints what has to be as before after a reboot: the state of DRBD, of its mounts and those of OCFS2,
# and the clusters of o2cb that are online.
node_state() {
  drbdsetup events2 --now 2>/dev/null | awk '$1 == "exists" && NF > 2 {
    s = $2
    for (i = 3; i <= NF; i++)
      if ($i ~ /^(name|conn-name|volume|connection|disk|peer-disk|replication):/ || s ~ /^resource/ && $i ~ /^role:/) s = s " " $i
    print s
  }'
  awk '$3 == "ocfs2" || $1 ~ /^\/dev\/drbd/ { print "mount " $1 " at " $2 }' /proc/mounts
  for c in /sys/kernel/config/cluster/*/; do
    [ ! -d "$c" ] || { c=${c%/}; echo "o2cb cluster ${c##*/} online"; }
  done
  true
}
