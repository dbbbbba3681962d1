# installed-packages PACKAGE...: prints "installed NAME VERSION" for each installed package, and other lines for the others.
# Fails if neither dpkg nor rpm works.
# shellcheck disable=SC2016 # dpkg-query's own variables
if [ -e /var/lib/dpkg/status ]; then
  dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' "$@"
  # 1: it does not know one of the packages
  [ $? -lt 2 ]
elif rpm -q rpm > /dev/null; then
  rpm -q --qf 'installed %{NAME} %{VERSION}-%{RELEASE}\n' "$@"
  true
else
  (exit 2)
fi
