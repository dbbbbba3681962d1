# Prints the package manager of the node: apt, zypper or dnf; nothing if it has none of them.
if [ -e /var/lib/dpkg/status ] && command -v apt-get > /dev/null; then
  echo apt
else
  for m in zypper dnf; do command -v $m > /dev/null && echo $m && break; done
fi
true
