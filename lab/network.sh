# shellcheck shell=bash
# The networks of the lab: two bridges, each with a tap per node, in a separate network namespace, so that they do not
# interfere with the host and disappear with the namespace. Sourced by `lab`.

NETNS=drbd-ocfs2-lab-$(printf %s "$LAB_DIR" | cksum | cut -d' ' -f1)

netns_exists() { [ -e "/run/netns/$NETNS" ]; }
in_netns() { nsenter --net="/run/netns/$NETNS" -- "$@"; }

# replication: 192.168.0.N of the nodes; management: 10.99.0.N, used by ssh from the host.
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

# Forwards a port of 127.0.0.1 to the sshd of a node. Nested socat addresses need escaped colons and commas.
forward_ssh() {
  local number=$1 listen connect
  listen=TCP-LISTEN:$((LAB_PORT + number)),bind=127.0.0.1,reuseaddr,fork,nodelay
  connect="nsenter --net=/run/netns/$NETNS socat STDIO TCP\\:10.99.0.$number\\:22\\,nodelay\\,connect-timeout=10"
  setsid socat "$listen" "EXEC:$connect" </dev/null >/dev/null 2>&1 &
}

node_cut() {
  ip -n "$NETNS" link set "$(tap_name replication "$1")" nomaster
  say "$(node_name "$1") is disconnected from the replication network"
}

node_heal() {
  ip -n "$NETNS" link set "$(tap_name replication "$1")" master replication
  say "$(node_name "$1") is connected to the replication network"
}

is_cut() { ! ip -n "$NETNS" -o link show "$(tap_name replication "$1")" 2>/dev/null | grep -q 'master replication'; }
