# running-options RESOURCE: prints the options of a running resource that an operation needs, so that no secret is among
# them: "NAME VALUE", and "address ADDRESS:PORT" for both ends of its connections.
if [ -d /sys/module/drbd ]; then
  drbdsetup show "$1" | sed -n \
    -e 's/^[[:space:]]*\(verify-alg\|size\|node-id\|_peer_node_id\|_name\)[[:space:]]\{1,\}"\{0,1\}\([^";]*\).*/\1 \2/p' \
    -e 's/^.*[[:space:]]ipv[46] \([^;]*\);.*/address \1/p'
else
  (exit 3)
fi
