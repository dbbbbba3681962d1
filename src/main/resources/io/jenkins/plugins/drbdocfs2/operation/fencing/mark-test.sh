# mark-test SECONDS WAIT: for SECONDS, the fence-peer handler waits WAIT seconds before it fences
d=/run/drbd-ocfs2-steps
mkdir -p "$d"
echo "$(($(date +%s) + $1)) $2" > "$d/fencing-test"
