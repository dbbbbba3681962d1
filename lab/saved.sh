# shellcheck shell=bash
# Saves and restores the disks of all nodes. Sourced by `lab`.

saved_dir() { echo "$LAB_DIR/saved/$1"; }

lab_save() {
  local dir number
  dir=$(saved_dir "$1")
  [ ! -e "$dir" ] || die "disks are already saved as $1; nothing was done"
  for number in $(node_numbers); do
    is_running "$number" || die "$(node_name "$number") is off; nothing was done"
  done
  shut_down
  mkdir -p "$dir.part"
  copy_disks "$LAB_DIR/nodes" "$dir.part"
  mv "$dir.part" "$dir"
  say "saved as $1: $(du -sh "$dir" | cut -f1); the nodes are off"
}

# All nodes in parallel: a node may wait for another during its shutdown.
shut_down() {
  local number deadline=$((SECONDS + 180))
  for number in $(node_numbers); do
    node_ssh "$number" systemctl --no-block poweroff >/dev/null 2>&1 || true
  done
  for number in $(node_numbers); do
    while is_running "$number"; do
      [ $SECONDS -lt $deadline ] || die "$(node_name "$number") does not shut down; nothing was saved"
      sleep 0.2
    done
  done
}

lab_restore() {
  local dir number started=$SECONDS
  dir=$(saved_dir "$1")
  [ -d "$dir" ] || die "there are no disks saved as $1"
  netns_exists || die "the lab's network is missing; run 'lab down'"
  mark_children
  with_all_power replace_disks "$dir"
  for number in $(node_numbers); do
    wait_for_ssh "$number"
    wait_for_services "$number"
  done
  say "restored $1 after $((SECONDS - started)) s"
}

# Replaces the disks while no node can be switched on.
replace_disks() {
  local number
  for number in $(node_numbers); do
    power_off "$number"
    if is_cut "$number"; then node_heal "$number"; fi
    echo 0 >"$(node_dir "$number")/resets"
  done
  copy_disks "$1" "$LAB_DIR/nodes"
  for number in $(node_numbers); do boot_node "$number"; done
}

# Keeps the base image of the root disks, which UML identifies by its path and time.
copy_disks() {
  local from=$1 to=$2 number
  for number in $(node_numbers); do
    mkdir -p "$to/$number"
    cp --sparse=always --reflink=auto --preserve=timestamps "$from/$number"/ubd[a-d] "$to/$number/"
  done
}
