# shellcheck shell=bash
# The lab as a whole: up, down, status, and the files for its users. Sourced by `lab`.

# --- up -------------------------------------------------------------------------------------------------------------

lab_up() {
  local started=$SECONDS number
  refuse_if_there
  mark_children
  ensure_image "$LAB_KERNEL_FROM"
  refuse_if_ports_are_taken $#
  use_all_process_ids

  say "creating nodes: $*"
  hold_image
  make_access
  write_hosts "$@"
  make_network
  number=0
  for name in "$@"; do
    number=$((number + 1))
    make_node "$number" "$name"
    make_taps "$number"
    forward_ssh "$number"
    with_power "$number" boot_node "$number"
  done
  start_switch
  write_known_hosts
  write_credentials
  write_nodes

  say "booting ..."
  for number in $(node_numbers); do
    wait_for_ssh "$number"
    wait_for_services "$number"
  done
  say "up after $((SECONDS - started)) s; files are in $LAB_DIR"
  lab_status
}

# The limit that systemd sets (sysctl.d(5)). With the kernel's own of 32768, IDs come back within a minute or two, because each
# process of a node is one of the host, and a late kill can hit a process of another lab.
use_all_process_ids() {
  local limit=4194304
  if [ "$(cat /proc/sys/kernel/pid_max)" -lt $limit ]; then
    { echo $limit >/proc/sys/kernel/pid_max; } 2>/dev/null || say "kernel.pid_max cannot be set to $limit"
  fi
}

check_names() {
  local name
  [ $# -le 9 ] || usage "9 nodes at most"
  for name in "$@"; do
    [[ $name =~ ^[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$ ]] ||
      usage "'$name' is not a host name (letters, digits and hyphens, a letter first)"
  done
  [ "$(printf '%s\n' "$@" | tr '[:upper:]' '[:lower:]' | sort -u | wc -l)" = $# ] || usage "two nodes have the same name"
}

refuse_if_there() {
  if [ -n "$(node_numbers)" ]; then
    say "a lab is already up: $(list_nodes)"
    die "nothing was changed; 'lab down' stops it, 'lab start N' boots a node that is off"
  fi
  if [ -n "$(lab_pids)" ] || netns_exists; then
    die "a lab that failed to start has left processes or a network; 'lab down' removes them"
  fi
}

refuse_if_ports_are_taken() {
  local number
  for number in $(seq "$1"); do
    [ -z "$(ss -Hltn "sport = :$((LAB_PORT + number))")" ] ||
      die "port $((LAB_PORT + number)) is in use; set LAB_PORT to a base that is free"
  done
}

# Links the base image into the lab, so that nodes can boot again after a newer image has replaced it in the cache.
hold_image() {
  local image
  image=$(image_path)
  ln "$image" "$LAB_DIR/base.img" 2>/dev/null || cp --sparse=always --preserve=timestamps "$image" "$LAB_DIR/base.img"
}

# --- files for users ------------------------------------------------------------------------------------------------

make_access() {
  ssh-keygen -q -t ed25519 -N '' -C drbd-ocfs2-lab -f "$LAB_DIR/id_ed25519"
  (
    umask 077
    head -c 512 /dev/urandom | tr -dc 'A-Za-z0-9' | cut -c1-20 >"$LAB_DIR/password"
    perl -ne 'chomp; print crypt($_, q($6$drbdocfs2lab$)), "\n"' "$LAB_DIR/password" >"$LAB_DIR/password-hash"
  )
}

write_hosts() {
  local number=0 name
  {
    echo '127.0.0.1 localhost'
    for name in "$@"; do
      number=$((number + 1))
      echo "192.168.0.$number $name"
    done
  } >"$LAB_DIR/hosts"
}

write_known_hosts() {
  local number key
  for number in $(node_numbers); do
    for key in "$(node_dir "$number")"/keys/ssh_host_*_key.pub; do
      echo "[127.0.0.1]:$((LAB_PORT + number)) $(cut -d' ' -f1,2 "$key")"
    done
  done >"$LAB_DIR/known_hosts"
}

write_nodes() {
  local number separator='['
  {
    for number in $(node_numbers); do
      printf '%s\n  {"name":"%s","host":"127.0.0.1","port":%s,"address":"192.168.0.%s"}' \
        "$separator" "$(node_name "$number")" $((LAB_PORT + number)) "$number"
      separator=,
    done
    printf '\n]\n'
  } >"$LAB_DIR/nodes.json"
}

write_credentials() {
  local key password number
  key=$(json_string "$LAB_DIR/id_ed25519")
  password=$(json_string "$(cat "$LAB_DIR/password")")
  (
    umask 077
    {
      cat <<JSON
{"credentials":[
  {"id":"lab-root","username":"root","privateKeyFile":$key},
  {"id":"lab-ops","username":"ops","privateKeyFile":$key},
  {"id":"lab-opspw","username":"opspw","privateKeyFile":$key},
JSON
      for number in $(node_numbers); do
        printf '  {"id":"lab-switch-%s","username":"%s","password":"%s"},\n' \
          "$(node_name "$number")" "$(node_name "$number")" "$(cat "$(node_dir "$number")/switch-key")"
      done
      cat <<JSON
  {"id":"lab-root-password","username":"root","password":$password},
  {"id":"lab-ops-password","username":"ops","password":$password},
  {"id":"lab-opspw-password","username":"opspw","password":$password}
]}
JSON
    } >"$LAB_DIR/credentials.json"
  )
}

json_string() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }

# --- status ---------------------------------------------------------------------------------------------------------

lab_status() {
  local number state network
  [ -n "$(node_numbers)" ] || die "no lab is up"
  printf '%-3s %-16s %-12s %-16s %-8s %-18s %s\n' N NAME ADDRESS SSH NODE RESETS NETWORK
  for number in $(node_numbers); do
    state=off network=connected
    if is_running "$number"; then state=running; fi
    if is_cut "$number"; then network='cut off'; fi
    printf '%-3s %-16s %-12s %-16s %-8s %-18s %s\n' "$number" "$(node_name "$number")" "192.168.0.$number" \
      "127.0.0.1:$((LAB_PORT + number))" "$state" "$(resets "$number")" "$network"
  done
  echo "power switch: $SWITCH_ADDRESS, port $SWITCH_PORT, $(switch_mode)"
}

# How often a node was reset without its power being cut, and when it last was.
resets() {
  local file count
  file=$(node_dir "$1")/resets
  count=$(cat "$file")
  if [ "$count" = 0 ]; then echo 0; else echo "$count, last $(date -r "$file" +%T)"; fi
}

list_nodes() {
  local number state separator=
  for number in $(node_numbers); do
    state=off
    if is_running "$number"; then state=running; fi
    printf '%s%s (%s)' "$separator" "$(node_name "$number")" "$state"
    separator=', '
  done
}

# --- down -----------------------------------------------------------------------------------------------------------

lab_down() {
  local found=
  if [ -n "$(node_numbers)" ]; then
    found="nodes: $(list_nodes)"
  elif [ -n "$(lab_pids)" ] || netns_exists; then
    found="the remains of a lab that failed to start"
  fi
  end_processes
  if netns_exists; then ip netns delete "$NETNS"; fi
  rm -rf --one-file-system "$LAB_DIR"
  if [ -n "$found" ]; then say "down; removed $found"; else say "no lab is up"; fi
}

# The processes in the lab's network namespace, and those that this script has started.
lab_pids() {
  {
    if netns_exists; then ip netns pids "$NETNS"; fi
    { grep -lzxF "DRBD_OCFS2_LAB_PROCESS_OF=$LAB_DIR" /proc/[0-9]*/environ 2>/dev/null || true; } | cut -d/ -f3
  } | sort -u
}

end_processes() {
  local pids deadline=$((SECONDS + 15))
  while pids=$(lab_pids) && [ -n "$pids" ]; do
    # shellcheck disable=SC2086
    kill -KILL $pids 2>/dev/null || true
    sleep 0.1
    # shellcheck disable=SC2086
    [ $SECONDS -lt $deadline ] || die "these processes of the lab cannot be killed:" $pids
  done
}

# --- one at a time --------------------------------------------------------------------------------------------------

# Runs a function while no other `lab` command works on this lab; waits for another command up to PATIENCE seconds.
# Processes started by the function do not hold the lock. `down` removes the lock file with the state
# directory, so a command that has locked a removed file tries again.
alone() {
  local patience=$1 lock
  shift
  while true; do
    claim_directory
    exec {lock}>>"$LAB_DIR/$LOCK_FILE"
    if ! flock --nonblock "$lock"; then
      [ "$patience" -gt 0 ] || die "another 'lab' command is working on $LAB_DIR"
      say "waiting for another 'lab' command to end ..."
      flock --wait "$patience" "$lock" || die "it did not end in time; nothing was done"
    fi
    if [ "$LAB_DIR/$LOCK_FILE" -ef "/proc/self/fd/$lock" ]; then break; fi
    exec {lock}>&-
  done
  "$@" {lock}>&-
}

LOCK_FILE=drbd-ocfs2-lab.lock

# `down` removes the whole directory, so it must belong to the lab.
claim_directory() {
  if [ -n "$(ls -A "$LAB_DIR" 2>/dev/null)" ] && [ ! -e "$LAB_DIR/$LOCK_FILE" ]; then
    die "$LAB_DIR is not empty and not the directory of a lab; set LAB_DIR to another one"
  fi
  mkdir -p "$LAB_DIR"
  chmod 0700 "$LAB_DIR"
}
