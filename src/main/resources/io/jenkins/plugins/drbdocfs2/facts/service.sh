# service NAME: prints the output of "systemctl is-enabled", a line "=", and the output of "systemctl is-active". "systemctl
# show" prints both in one call, but may be outdated after a link was made or removed by hand, and does not know init
# scripts. It is used only if the link exists; else "is-enabled" is called.
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
