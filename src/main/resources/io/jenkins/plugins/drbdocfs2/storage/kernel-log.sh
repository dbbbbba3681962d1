# kernel-log PATTERN MOST: prints the seconds since the boot, a line "=", and the last MOST lines of the kernel log that
# match PATTERN. Exit code 1: the log cannot be read.
read -r up _ < /proc/uptime || exit 1
log=$(dmesg) || exit 1
printf '%s\n=\n' "$up"
printf '%s\n' "$log" | grep -E -e "$1" | tail -n "$2"
true
