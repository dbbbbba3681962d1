# metadata-goal GOAL DRBDADM WORD...: ends the script with exit code 4 unless DRBDADM, which only prints its commands, would
# create metadata at GOAL: the device and the kind.
goal=$1; shift
m=$("$@")
case "$m " in
  *" $goal create-md "*) ;;
  *) echo "The metadata must be at $goal, but drbdadm would run: $m" >&2; exit 4 ;;
esac
