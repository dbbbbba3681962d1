# confirm-node-down PEER SUSPENDED WAITING: tells the fence-peer handler that the peer is off, resumes the I/O of the suspended
# resources, and promotes and mounts the waiting ones; both are lists in one word. The confirmation ends with the script, or 90 s
# later: the peer may come back at any time.
d=/run/drbd-ocfs2-steps/down
p=$1 suspended=$2 waiting=$3
mkdir -p "$d"
trap 'rm -f "$d/$p"' EXIT
trap 'exit 143' HUP INT TERM
valid() { echo $(($(date +%s) + 90)) > "$d/$p"; }
valid
for r in $suspended; do
  drbdadm resume-io "$r" || exit
done
# a handler that tries the fencing device again and again ends at the confirmation
n=60
while [ $n -gt 0 ] && grep -qs drbd-fence-peer /proc/[0-9]*/comm; do sleep 1; n=$((n - 1)); done
valid
if [ "$waiting" ] && [ -x /usr/local/sbin/drbd-rejoin ]; then timeout 60 /usr/local/sbin/drbd-rejoin "$p" "$waiting"; fi
