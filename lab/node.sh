# shellcheck shell=bash
# One node: its files, its processes, its power. Functions take the number of the node. Sourced by `lab`.

node_dir() { echo "$LAB_DIR/nodes/$1"; }
node_name() { cat "$LAB_DIR/nodes/$1/name" 2>/dev/null || echo "node $1"; }
node_numbers() {
  local dir
  for dir in "$LAB_DIR"/nodes/*/; do
    if [ -d "$dir" ]; then basename "$dir"; fi
  done
}

# Sets NODE to the number of the node with this name or number.
find_node() {
  local wanted=$1 number
  [ -n "$wanted" ] || usage "which node?"
  for number in $(node_numbers); do
    if [ "$wanted" = "$number" ] || [ "$wanted" = "$(node_name "$number")" ]; then
      # shellcheck disable=SC2034
      NODE=$number
      return
    fi
  done
  if [ -z "$(node_numbers)" ]; then die "no lab is up"; fi
  die "no node $wanted; there are: $(for number in $(node_numbers); do printf '%s (%s) ' "$(node_name "$number")" "$number"; done)"
}

# Disks: the root as a copy-on-write file of the base image, and three empty disks. All are sparse files.
# seed/ has the files that the node installs at its first boot.
make_node() {
  local number=$1 name=$2 dir
  dir=$(node_dir "$number")
  mkdir -p "$dir/seed"
  echo "$name" >"$dir/name"
  echo 0 >"$dir/resets"
  ln -s /bin/false "$dir/reset"
  make_switch_key "$number"
  truncate -s 12G "$dir/ubdb"
  truncate -s 2G "$dir/ubdc"
  truncate -s 768M "$dir/ubdd"
  make_host_keys "$dir" "$name"
  make_seed "$dir" "$name"
}

make_host_keys() {
  local dir=$1 name=$2 type keys=()
  mkdir "$dir/keys"
  # a longer RSA key takes up to a second
  for type in ed25519 ecdsa 'rsa -b 2048'; do
    # shellcheck disable=SC2086 # words
    ssh-keygen -q -t $type -N '' -C "root@$name" -f "$dir/keys/ssh_host_${type%% *}_key" &
    keys+=($!)
  done
  wait "${keys[@]}"
}

make_seed() {
  local dir=$1 name=$2 files=$1/files home
  mkdir -p "$files/etc/ssh"
  echo "$name" >"$files/etc/hostname"
  tr -d - </proc/sys/kernel/random/uuid >"$files/etc/machine-id"
  cp "$LAB_DIR/hosts" "$files/etc/hosts"
  cp "$dir"/keys/* "$files/etc/ssh/"
  for home in root home/ops home/opspw; do
    install -D -m 0600 "$LAB_DIR/id_ed25519.pub" "$files/$home/.ssh/authorized_keys"
    chmod 0700 "$files/$home/.ssh"
  done
  (cd "$files" && find . \( -type f -o -name .ssh \) -print0 |
    tar --no-recursion --owner=0 --group=0 --null -T - -cf "$dir/seed/seed.tar")
  rm -rf "$files"
  cp "$LAB_DIR/password-hash" "$dir/seed/"
}

# Starts the node's supervisor, which starts its kernel. Only for a node that is off.
boot_node() {
  local number=$1 dir memory
  dir=$(node_dir "$number")
  memory=$(memory_dir)
  rm -f "$dir/pid" "$dir/supervisor"
  # The t in ubdbt disables discard: the driver discards in pieces of 32 KiB, and mkfs.ocfs2, which discards the whole
  # device, would take minutes.
  # shellcheck disable=SC2054  # the commas are part of kernel arguments
  local arguments=(
    mem="$LAB_MEMORY" umid="node$number" uml_dir="$dir/"
    ubda="$dir/ubda,$LAB_DIR/base.img" ubdbt="$dir/ubdb" ubdct="$dir/ubdc" ubddt="$dir/ubdd"
    "vec0:transport=tap,ifname=$(tap_name replication "$number"),mac=52:54:c0:a8:00:0$number,depth=128,gro=1"
    "vec1:transport=tap,ifname=$(tap_name management "$number"),mac=52:54:0a:63:00:0$number,depth=128,gro=1"
    hostfs="$dir/seed" root=/dev/ubda rw init=/usr/local/sbin/lab-init lab_number="$number"
    con=null con0=null,fd:1 net.ifnames=0
    # The network and disk drivers cannot wait for memory, and scans of whole disks fill it with the page cache.
    sysctl.vm.min_free_kbytes=16384
    # Linux 6.16 and later: no ptrace for the system calls of processes
    seccomp=auto
    # Without measurements that take most of the kernel's boot: the delay loop, and the fastest algorithm of RAID 6, which
    # the nodes lack. The second name is that of Linux 7.
    # shellcheck disable=SC2054
    lpj=10000000 initcall_blacklist=raid6_select_algo,raid6_init
  )
  # A separate session, so the node outlives this script. The kernel creates another one for itself and its processes.
  TMPDIR=$memory LAB_RESTART=$LAB_RESTART \
    setsid nsenter --net="/run/netns/$NETNS" -- taskset --cpu-list "$(processor "$number")" \
    "$LAB_HOME/supervise" "$dir" "$(kernel_library)" "$(kernel)" "${arguments[@]}" </dev/null >>"$dir/console.log" 2>&1 &
  # the file makes the node visible to functions that stop it
  until [ -e "$dir/supervisor" ]; do
    kill -0 $! 2>/dev/null || die "$(node_name "$number") does not start; see $dir/console.log"
    sleep 0.02
  done
}

# The processor on which a node runs, of those that this script may use. A user-mode Linux and its processes take
# turns at each system call; if they have to wake each other across processors, starting a program takes up to twice
# as long.
processor() {
  local processors first last
  mapfile -t processors < <(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | tr , '\n' |
    while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done)
  echo "${processors[($1 - 1 + LAB_PORT / 50) % ${#processors[@]}]}"
}

# The directory of the file with a node's memory: /dev/shm, if it has enough space and allows execution.
memory_dir() {
  local shm=/dev/shm
  if findmnt --noheadings --output OPTIONS "$shm" | grep -qvw noexec &&
    [ "$(df --output=avail -B1 "$shm" | tail -n1)" -gt "$(memory_bytes)" ]; then
    echo "$shm"
  else
    echo "$LAB_DIR"
  fi
}

memory_bytes() { numfmt --from=iec "$LAB_MEMORY" 2>/dev/null || usage "LAB_MEMORY must be like 512M, not '$LAB_MEMORY'"; }

# The processes of a node: those in the lab's namespace whose group is that of its supervisor or of its kernel.
node_pids() {
  local dir groups pid stat
  dir=$(node_dir "$1")
  groups=$(cat "$dir/supervisor" "$dir/pid" 2>/dev/null || true)
  if [ -z "$groups" ] || ! netns_exists; then return; fi
  for pid in $(ip netns pids "$NETNS"); do
    { read -r stat <"/proc/$pid/stat"; } 2>/dev/null || continue
    # after the name in parentheses, which may contain spaces: state, parent, group
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    if [[ $'\n'$groups$'\n' == *$'\n'$3$'\n'* ]]; then echo "$pid"; fi
  done
}

# A node is on as long as it has any process, also between a reset and the next boot.
is_running() { [ -n "$(node_pids "$1")" ]; }

# Runs a function while no other `lab` command, the power switch or the supervisor switches this node on or off.
with_power() {
  local lock
  exec {lock}>>"$(node_dir "$1")/power"
  shift
  flock "$lock"
  "$@" {lock}>&-
  exec {lock}>&-
}

# The same for all nodes.
with_all_power() {
  local number
  for number in $(node_numbers); do set -- with_power "$number" "$@"; done
  "$@"
}

power_off() {
  local pids
  while pids=$(node_pids "$1") && [ -n "$pids" ]; do
    # shellcheck disable=SC2086
    kill -KILL $pids 2>/dev/null || true
    sleep 0.05
  done
  rm -f "$(node_dir "$1")"/{pid,supervisor,ssh}
}

power_on() { is_running "$1" || boot_node "$1"; }

# What the power switch does: on and off at once, without waiting for a boot or a shutdown. Prints how the node is then.
node_power() {
  case $2 in
    on)
      netns_exists || die "the lab's network is missing; run 'lab down'"
      mark_children
      with_power "$1" power_on "$1"
      ;;
    off) with_power "$1" power_off "$1" ;;
  esac
  if is_running "$1"; then echo on; else echo off; fi
}

node_kill() {
  is_running "$1" || die "$(node_name "$1") is not running"
  with_power "$1" power_off "$1"
  say "$(node_name "$1") has lost its power"
}

node_start() {
  if is_running "$1"; then die "$(node_name "$1") is already running"; fi
  netns_exists || die "the lab's network is missing; run 'lab down'"
  mark_children
  local started=$SECONDS
  with_power "$1" power_on "$1"
  say "booting $(node_name "$1") ..."
  wait_for_ssh "$1"
  say "$(node_name "$1") answers after $((SECONDS - started)) s"
}

# Waits until the node has booted completely, so that the boot does not disturb later commands.
wait_for_services() { node_ssh "$1" timeout 30 systemctl is-system-running --wait >/dev/null || true; }

# Waits until a login works. Until sshd answers, a check is cheap.
wait_for_ssh() {
  local number=$1 deadline=$((SECONDS + 120))
  until sshd_greets "$number" && node_ssh "$number" true </dev/null 2>/dev/null; do
    if ! is_running "$number"; then
      tail -n 20 "$(node_dir "$number")/console.log" >&2
      die "$(node_name "$number") did not boot; its console is in $(node_dir "$number")/console.log"
    fi
    [ $SECONDS -lt $deadline ] || die "$(node_name "$number") does not answer"
    sleep 0.2
  done
}

sshd_greets() {
  # shellcheck disable=SC2016
  in_netns timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/22" && read -r <&3' "10.99.0.$1" 2>/dev/null
}

# Commands share a connection, which ends when none has used it for a while; `down` finds its process by the environment. A
# kernel that starts needs a new one, see `supervise`. A socket with a longer name is impossible.
node_ssh() {
  local number=$1 control shared=()
  control=$(node_dir "$number")/ssh
  shift
  if [ ${#control} -lt 90 ]; then
    shared=(-o ControlMaster=auto -o ControlPath="$control" -o ControlPersist=60
      -o ServerAliveInterval=5 -o ServerAliveCountMax=6)
  fi
  mark_children
  ssh -F /dev/null -i "$LAB_DIR/id_ed25519" -o IdentitiesOnly=yes -o UserKnownHostsFile="$LAB_DIR/known_hosts" \
    -o StrictHostKeyChecking=yes -o LogLevel=ERROR "${shared[@]}" -p $((LAB_PORT + number)) -l root 127.0.0.1 "$@"
}
