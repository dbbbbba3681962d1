# Prints the heartbeats of the kernel on devices: "MODE UUID DEVICE".
for r in /sys/kernel/config/cluster/*/heartbeat/*/dev; do
  [ -r "$r" ] || continue
  m=local; d=; u=${r%/dev}
  [ ! -r "${u%/*}/mode" ] || read -r m < "${u%/*}/mode"
  read -r d < "$r"
  echo "$m ${u##*/} $d"
done
