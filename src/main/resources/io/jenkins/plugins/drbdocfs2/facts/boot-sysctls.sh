# Prints the files of sysctl.d(5) in the order in which they are read at boot; nothing without systemd.
for d in /usr/lib/systemd /lib/systemd; do
  [ -x "$d/systemd-sysctl" ] || continue
  "$d/systemd-sysctl" --cat-config; exit
done
