# reach SECONDS PORTS ADDRESS...: tries to connect to each of the ports, separated by blanks, at each of the addresses, all
# in parallel, for at most SECONDS each. Prints one line for each: address, port, and OPEN, REFUSED, TIMEOUT, NO_ROUTE or
# UNKNOWN. Prints nothing if bash with /dev/tcp or timeout(1) is missing.
command -v bash > /dev/null && command -v timeout > /dev/null || exit 0
limit=$1; ports=$2; shift 2
try() {
  # shellcheck disable=SC2016
  m=$(LC_ALL=C timeout "$limit" bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "$1" "$2" 2>&1); c=$?
  case $c-$m in
    0-*) s=OPEN ;;
    124-*|*'timed out'*) s=TIMEOUT ;;
    *refused*) s=REFUSED ;;
    *'No route'*|*unreachable*|*prohibited*|*'not permitted'*) s=NO_ROUTE ;;
    *) s=UNKNOWN ;;
  esac
  echo "$1 $2 $s"
}
for a in "$@"; do for p in $ports; do try "$a" "$p" & done; done
wait
