# Prints the files of sysctl.d(5) in the order in which they are read at boot; nothing without systemd.
if [ -x /usr/lib/systemd/systemd-sysctl ]; then
  /usr/lib/systemd/systemd-sysctl --cat-config
elif [ -x /lib/systemd/systemd-sysctl ]; then
  /lib/systemd/systemd-sysctl --cat-config
fi
