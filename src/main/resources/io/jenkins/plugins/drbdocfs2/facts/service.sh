# service NAME: prints what "systemctl is-enabled" says of a service, a line "=", and what "systemctl is-active" says.
# "systemctl show" tells both at once, but may still have what was so before a link was made or removed by hand, and does not
# know init scripts. It is believed if the link is there; else "is-enabled" looks for itself.
s=$1
has() { for f; do [ ! -L "$f" ] || return 0; done; return 1; }
enabled=; active=
for l in $(systemctl show -p UnitFileState -p ActiveState "$s.service"); do
  case $l in UnitFileState=*) enabled=${l#*=} ;; ActiveState=*) active=${l#*=} ;; esac
done
case $enabled in
  enabled) has /etc/systemd/system/*.wants/"$s.service" || enabled= ;;
  generated)
    if has /etc/rc[S5].d/S??"$s" /etc/rc.d/rc[S5].d/S??"$s"; then enabled=enabled; else enabled=; fi ;;
  *) enabled= ;;
esac
if [ "$enabled" ]; then echo "$enabled"; else systemctl is-enabled "$s.service"; fi
echo '='
echo "${active:-unknown}"
