# answers ADDRESS: prints how a node answers at an address; nothing if it does not
if ping -c 2 -i 0.3 -W 2 "$1" > /dev/null 2>&1; then echo ping; fi
# shellcheck disable=SC2016
t=$(timeout 3 bash -c 'exec 3<> "/dev/tcp/$0/22"' "$1" 2>&1)
case $?$t in
  0*) echo 'port 22' ;;
  *refused*) echo 'port 22, which is closed' ;;
esac
