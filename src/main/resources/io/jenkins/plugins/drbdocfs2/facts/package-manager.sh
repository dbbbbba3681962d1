# Prints what installs packages on the node: apt, zypper or dnf; nothing if none of them does.
if [ -e /var/lib/dpkg/status ] && command -v apt-get > /dev/null; then
  echo apt
else
  for m in zypper dnf; do command -v $m > /dev/null && echo $m && break; done
fi
true
