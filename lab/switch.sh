# shellcheck shell=bash
# The power switch of the nodes: a service on the management network for the fence agent fence_lab of the nodes.
# Sourced by `lab`.

SWITCH_ADDRESS=10.99.0.254
SWITCH_PORT=7000

switch_dir() { echo "$LAB_DIR/switch"; }

# Creates the key that switches only this node.
make_switch_key() {
  (
    umask 077
    head -c 512 /dev/urandom | tr -dc 'A-Za-z0-9' | cut -c1-20 >"$(node_dir "$1")/switch-key"
  )
}

# The service switches nodes on with the variables of this script.
start_switch() {
  local dir
  dir=$(switch_dir)
  mkdir -p "$dir"
  echo normal >"$dir/mode"
  env LAB_DIR="$LAB_DIR" LAB_PORT="$LAB_PORT" LAB_MEMORY="$LAB_MEMORY" LAB_KERNEL="$LAB_KERNEL" \
    LAB_MODULES="$LAB_MODULES" LAB_RESTART="$LAB_RESTART" \
    setsid nsenter --net="/run/netns/$NETNS" -- \
    perl "$LAB_HOME/power-switch" "$SWITCH_ADDRESS" "$SWITCH_PORT" "$LAB_DIR" "$LAB_HOME/lab" \
    </dev/null >>"$dir/log" 2>&1 &
  echo $! >"$dir/pid"
}

# normal, unreachable, hang, lie, or fail with the number of connections that will still fail
switch_mode() {
  if switch_runs; then cat "$(switch_dir)/mode"; else echo 'not running'; fi
}

switch_runs() {
  local pid
  pid=$(cat "$(switch_dir)/pid" 2>/dev/null) || return 1
  netns_exists && ip netns pids "$NETNS" | grep -x "$pid" >/dev/null
}

lab_switch() {
  local dir deadline=$((SECONDS + 10))
  dir=$(switch_dir)
  case $# in
    0) switch_mode; return ;;
    1) [[ $1 =~ ^(normal|unreachable|hang|lie|fail)$ ]] || usage "switch has no mode '$1'" ;;
    2) [[ $1 = fail && $2 =~ ^[1-9][0-9]{0,5}$ ]] || usage "only 'switch fail' takes a number" ;;
    *) usage "switch takes a mode" ;;
  esac
  switch_runs || die "the power switch is not running; run 'lab down' and 'lab up'"
  if [ "$*" = fail ]; then set -- fail 1; fi
  echo "$*" >"$dir/mode.part"
  mv "$dir/mode.part" "$dir/mode.new"
  # the service renames the file when the mode is in effect
  kill -HUP "$(cat "$dir/pid")"
  while [ -e "$dir/mode.new" ]; do
    [ $SECONDS -lt $deadline ] || die "the power switch does not answer"
    sleep 0.05
  done
  say "power switch: $*"
}
