# has-service NAME: prints "yes" if systemd has a service with this name, including init scripts.
for d in /etc /run /usr/local/lib /usr/lib /lib; do
  [ ! -e "$d/systemd/system/$1.service" ] || echo yes
done
for d in /etc/init.d /etc/rc.d/init.d; do [ ! -x "$d/$1" ] || echo yes; done
