# await-rejoin BOOT_ID SAME ROLES MOUNTS: waits until the resources have their roles again, lines RESOURCE=ROLE, and the directories in
# MOUNTS, a line each, are mounted. SAME is yes or no: whether this must be the boot BOOT_ID.
boot=$1 same=$2 roles=$3 mounts=$4
if [ "$(cat /proc/sys/kernel/random/boot_id)" = "$boot" ]; then now=yes; else now=no; fi
if [ "$now" != "$same" ]; then
  if [ "$now" = yes ]; then echo "the node has not booted again" >&2; else echo "the node has booted again" >&2; fi
  exit 1
fi
n=300
while [ $n -gt 0 ]; do
  missing=$(
    echo "$roles" | while IFS='=' read -r resource role; do
      if [ -n "$resource" ] && [ "$(drbdadm role "$resource" | cut -d/ -f1 | sort -u)" != "$role" ]; then echo "$resource is not $role"; fi
    done
    echo "$mounts" | while IFS= read -r place; do
      if [ -n "$place" ] && ! mountpoint -q "$place"; then echo "$place is not mounted"; fi
    done
  )
  [ -n "$missing" ] || exit 0
  n=$((n - 1))
  sleep 1
done
echo "$missing" >&2
exit 1
