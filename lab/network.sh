# shellcheck shell=bash
# The lab's networks: two bridges, and a tap of each node on each, in a network namespace of the lab's own, so that they
# meet nothing of the host's, and vanish with it. Sourced by `lab`.

NETNS=drbd-ocfs2-lab-$(printf %s "$LAB_DIR" | cksum | cut -d' ' -f1)

netns_exists() { [ -e "/run/netns/$NETNS" ]; }
in_netns() { nsenter --net="/run/netns/$NETNS" -- "$@"; }

# replication: the nodes' 192.168.0.N; management: their 10.99.0.N, through which ssh comes from the host.
make_network() {
  ip netns add "$NETNS"
  ip -n "$NETNS" link set lo up
  ip -n "$NETNS" link add replication type bridge
  ip -n "$NETNS" link add management type bridge
  ip -n "$NETNS" link set replication up
  ip -n "$NETNS" link set management up
  ip -n "$NETNS" address add 10.99.0.254/24 dev management
}

make_taps() {
  local number=$1 bridge tap
  for bridge in replication management; do
    tap=$(tap_name "$bridge" "$number")
    ip -n "$NETNS" tuntap add "$tap" mode tap
    ip -n "$NETNS" link set "$tap" master "$bridge" up
  done
}

tap_name() { echo "${1:0:3}$2"; }

# Makes a node's sshd reachable at 127.0.0.1. In an address within an address, colons and commas are escaped.
forward_ssh() {
  local number=$1 listen connect
  listen=TCP-LISTEN:$((LAB_PORT + number)),bind=127.0.0.1,reuseaddr,fork,nodelay
  connect="nsenter --net=/run/netns/$NETNS socat STDIO TCP\\:10.99.0.$number\\:22\\,nodelay\\,connect-timeout=10"
  setsid socat "$listen" "EXEC:$connect" </dev/null >/dev/null 2>&1 &
}

node_cut() {
  ip -n "$NETNS" link set "$(tap_name replication "$1")" nomaster
  say "$(node_name "$1") is off the replication network"
}

node_heal() {
  ip -n "$NETNS" link set "$(tap_name replication "$1")" master replication
  say "$(node_name "$1") is on the replication network"
}

is_cut() { ! ip -n "$NETNS" -o link show "$(tap_name replication "$1")" 2>/dev/null | grep -q 'master replication'; }
