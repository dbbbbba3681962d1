# Prints the path of o2cb's settings file: the first that /etc/init.d/o2cb would read, else the one that it would write.
if [ -f /etc/sysconfig/o2cb ]; then
  echo /etc/sysconfig/o2cb
elif [ -f /etc/default/o2cb ] || [ ! -d /etc/sysconfig ]; then
  echo /etc/default/o2cb
else
  echo /etc/sysconfig/o2cb
fi
