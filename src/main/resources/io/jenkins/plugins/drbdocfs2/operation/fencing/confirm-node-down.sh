# confirm-node-down PEER RESOURCE...: tells the fence-peer handler that the peer is off, resumes the I/O of the resources, and promotes
# and mounts what waits for the peer since the boot. The confirmation ends with the script: the peer may come back at any time.
d=/run/drbd-ocfs2-steps/down
p=$1; shift
mkdir -p "$d"
trap 'rm -f "$d/$p"' EXIT
trap 'exit 143' HUP INT TERM
: > "$d/$p"
for r in "$@"; do
  drbdadm resume-io "$r" || exit
done
if [ -x /usr/local/sbin/drbd-rejoin ]; then timeout 120 /usr/local/sbin/drbd-rejoin; fi
