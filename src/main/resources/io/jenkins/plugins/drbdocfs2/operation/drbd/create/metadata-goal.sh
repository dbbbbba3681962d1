# metadata-goal GOAL DRBDADM WORD...: ends the script with exit code 4 unless DRBDADM, which is told only to print what it would
# do, would make metadata at GOAL: the device and the kind.
goal=$1; shift
m=$("$@")
case "$m " in
  *" $goal create-md "*) ;;
  *) echo "The metadata were to be at $goal, but drbdadm would run: $m" >&2; exit 4 ;;
esac
