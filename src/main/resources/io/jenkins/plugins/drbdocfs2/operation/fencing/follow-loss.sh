# follow-loss SECONDS RESOURCE...: prints, with the seconds since its start, when the resources lost their peer (lost), when their I/O
# went on (resumed), when they were connected again (back), and when all is as before (inSync). Keeps the lines in a file. Ends with
# an error if nothing is lost within SECONDS.
limit=$1
shift
times=/run/drbd-ocfs2-steps/fencing-test.times
mkdir -p "${times%/*}"
: > "$times"

# the state of all resources: a line each for connections, disks and roles
look() {
  for r; do drbdadm cstate "$r" && drbdadm dstate "$r" && drbdadm role "$r"; done
}

connected() {
  for r; do drbdadm cstate "$r" | grep -qv -E '^(Connected|Established|Sync.*|Paused.*|Verify.*|Ahead|Behind)$' && return 1; done
  true
}

minors=
if grep -q '^version: 8' /proc/drbd; then minors=$(for r; do drbdadm sh-minor "$r"; done); fi

# by the flags of /proc/drbd, or the status of DRBD 9
suspended() {
  for device in $minors; do grep -q "^ *$device: cs:.* s[-a-z]*$" /proc/drbd && return; done
  if [ "$minors" ]; then return 1; fi
  for r; do drbdsetup status "$r" | grep -q suspended: && return; done
  return 1
}

# First into the file: the reader ends this script at the last line
tell() {
  event="$1 $(awk -v from="$start" -v to="$now" 'BEGIN { printf "%.1f", to - from }')"
  echo "$event" >> "$times"
  echo "$event"
}

now() { cut -d ' ' -f 1 /proc/uptime; }

before=$(look "$@")
start=$(now)
lost='' held='' resumed='' back=''
while :; do
  now=$(now)
  if ! connected "$@"; then
    if [ -z "$lost" ]; then tell lost; lost=1; fi
    if suspended "$@"; then held=1; elif [ "$held" ] && [ -z "$resumed" ]; then tell resumed; resumed=1; fi
  elif [ "$lost" ]; then
    if [ -z "$back" ]; then tell back; back=1; fi
    if [ -z "$resumed" ] && ! suspended "$@"; then tell resumed; resumed=1; fi
    if [ "$resumed" ] && [ "$(look "$@")" = "$before" ]; then tell inSync; exit; fi
  elif [ "${now%.*}" -gt $((${start%.*} + limit)) ]; then
    echo "DRBD did not notice the cut within $limit s" >&2
    exit 1
  fi
  sleep 0.2 || exit
done
