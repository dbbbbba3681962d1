# when_settled COMMAND...: runs a command that has drbdadm(8) change a state, and again for ten seconds while DRBD refuses it
# because the nodes are just connecting: "In transient state, retry after next state change". Nothing has changed then.
when_settled() {
  tries=20
  while true; do
    { errors=$("$@" 2>&1 >&3); code=$?; } 3>&1
    tries=$((tries - 1))
    if [ "$code" = 0 ] || [ "$tries" = 0 ]; then break; fi
    case $errors in *'In transient state'*) sleep 0.5 2> /dev/null || sleep 1 ;; *) break ;; esac
  done
  [ -z "$errors" ] || printf '%s\n' "$errors" >&2
  return "$code"
}
