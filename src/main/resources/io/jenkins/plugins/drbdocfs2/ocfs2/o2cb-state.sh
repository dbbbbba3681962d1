# Prints the clusters of the kernel, one fact per line: "cluster NAME", then its timeouts and its mode, "node NUMBER ADDRESS
# PORT LOCAL NAME" for each node, "region UUID" for each heartbeat.
for d in /sys/kernel/config/cluster/*; do
  [ -d "$d/node" ] || continue
  echo "cluster ${d##*/}"
  for a in heartbeat/dead_threshold heartbeat/mode idle_timeout_ms keepalive_delay_ms reconnect_delay_ms; do
    [ -r "$d/$a" ] && read -r v < "$d/$a" && echo "${a##*/} $v"
  done
  for n in "$d"/node/*; do
    [ -d "$n" ] || continue
    l=node
    for a in num ipv4_address ipv4_port local; do v=; read -r v < "$n/$a"; l="$l $v"; done
    echo "$l ${n##*/}"
  done
  for r in "$d"/heartbeat/*; do [ -d "$r" ] && echo "region ${r##*/}"; done
done
true
