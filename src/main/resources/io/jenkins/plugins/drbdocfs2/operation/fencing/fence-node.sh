# fence-node FILE NODE SECONDS ACTION: switches a node with its device in FILE, and asks the device afterwards: off, on, or reboot,
# which is off and then on. A call of the agent may take SECONDS.
section() { awk -v name="[$node]" '$0 == name { on = 1; next } /^\[/ { on = 0 } on && /=/' "$file"; }
call() { { section | grep -v '^agent='; echo "action=$1"; } | timeout -k 2 "$seconds" "$agent"; }
# turn ACTION CODE: until status exits with CODE, 2 for off and 0 for on
turn() {
  call "$1" || { c=$?; echo "the agent's $1 exited with code $c" >&2; return $c; }
  call status
  c=$?
  [ $c = "$2" ] || { echo "after $1, the agent's status exited with code $c, not $2" >&2; return 1; }
}
file=$1; node=$2; seconds=$3
agent=$(section | sed -n 's/^agent=//p' | head -n 1)
case $4 in
  off) turn off 2 ;;
  on) turn on 0 ;;
  reboot) turn off 2 && turn on 0 ;;
esac
