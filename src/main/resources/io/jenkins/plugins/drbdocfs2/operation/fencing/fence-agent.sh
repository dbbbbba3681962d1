# Calls of fence agents: a part of the fence-peer handler, and of the scripts that are sent to a node. Uses $devices, the file with
# the devices; $peer, the node whose device is called; $call_limit, the seconds that a call may take; and $given_section, which
# replaces the section of the peer in the file if it is not empty.
# shellcheck disable=SC2154 # the including script sets them

section() {
  if [ -n "${given_section:-}" ]; then
    printf '%s\n' "$given_section"
  elif [ -r "$devices" ]; then
    awk -v name="[$peer]" '$0 == name { on = 1; next } /^\[/ { on = 0 } on && /=/' "$devices"
  fi
}

# device KEY: the value of a key in the section of the peer
device() { section | sed -n "s/^$1=//p" | head -n 1; }

# turn ACTION CODE: off only if the agent switched it off and then says that it is off; the same for on. A fence agent's status
# exits with 2 for off, and 0 for on. $reason tells why it failed.
turn() {
  agent "$1"
  code=$?
  # an agent that was ended may have reached its device
  case $1$code in off124 | off137) code=0 late=" ($said)" ;; *) late= ;; esac
  if [ $code != 0 ]; then reason="the agent's $1 exited with code $code${said:+: $said}"; return 1; fi
  agent status
  code=$?
  if [ $code != "$2" ]; then reason="after $1$late, the agent's status exited with code $code, not $2 for $1${said:+: $said}"; return 1; fi
}

# agent ACTION: runs the fence agent of the peer; $said is the end of its output. That goes to a file, because a program that the
# agent leaves behind would keep a pipe open.
agent() {
  output=$(mktemp) || output=/dev/null
  { section | grep -v '^agent='; echo "action=$1"; } | timeout -k 2 "$call_limit" "$(device agent)" > "$output" 2>&1
  set -- $?
  said=$(tail -c 4000 "$output")
  [ "$output" = /dev/null ] || rm -f "$output"
  if [ "$1" = 124 ] || [ "$1" = 137 ]; then said="no answer within $call_limit s"; fi
  said=$(printf %s "$said" | without_secrets | tail -n 2 | tr '\n' ' ' | cut -c 1-300)
  return "$1"
}

# Replaces the values of the peer's passwords and keys in what an agent printed, a longer one before one that it contains.
without_secrets() {
  { section; echo '[]'; cat; } | awk '
    text {
      while (longest()) while (at = index($0, value)) $0 = substr($0, 1, at - 1) "\001" substr($0, at + length(value))
      gsub(/\001/, "********")
      print
      next
    }
    $0 == "[]" { text = 1 }
    tolower($0) ~ /^[^=]*(pass|secret|key|token|community)[^=]*=./ { secret[substr($0, index($0, "=") + 1)] }
    function longest(each) {
      value = ""
      for (each in secret) if (length(each) > length(value) && index($0, each)) value = each
      return value != ""
    }'
}
