# cut-link PORTS SECONDS: drops the packets of these TCP ports, a list with commas, on this node for SECONDS. The rules are in a table
# or a chain of their own. A transient service removes them, however it ends; so does a boot.
d=/run/drbd-ocfs2-steps
unit=drbd-ocfs2-steps-test
mkdir -p "$d"
cat > "$d/cut" << 'END'
name=drbd-ocfs2-steps
cut() {
  nft "table inet drbd_ocfs2_steps { chain in { type filter hook input priority -300; tcp dport { $1 } drop; tcp sport { $1 } drop; }
    chain out { type filter hook output priority -300; tcp dport { $1 } drop; tcp sport { $1 } drop; } }" && return
  for tables in iptables-legacy iptables; do
    "$tables" -w -N "$name" && "$tables" -w -A "$name" -p tcp -m multiport --ports "$1" -j DROP &&
      "$tables" -w -I INPUT -j "$name" && "$tables" -w -I OUTPUT -j "$name" && return
  done
}
heal() {
  nft delete table inet drbd_ocfs2_steps
  for tables in iptables-legacy iptables; do
    "$tables" -w -D INPUT -j "$name"
    "$tables" -w -D OUTPUT -j "$name"
    "$tables" -w -F "$name"
    "$tables" -w -X "$name"
  done
} > /dev/null 2>&1
if [ "$1" = heal ]; then heal; exit 0; fi
cut "$1" && : > /run/drbd-ocfs2-steps/is-cut && exec sleep "$2"
END
rm -f "$d/is-cut"
systemd-run --quiet --collect --unit="$unit" --property=RuntimeMaxSec=$(($2 + 5)) \
  --property="ExecStopPost=-/bin/sh $d/cut heal" /bin/sh "$d/cut" "$1" "$2" || exit
n=100
until [ -e "$d/is-cut" ]; do
  n=$((n - 1))
  if [ $n = 0 ] || ! systemctl --quiet is-active "$unit"; then
    systemctl stop "$unit" 2> /dev/null
    echo "neither nft nor iptables can drop packets: $(journalctl -u "$unit" -n 8 -o cat | tr '\n' ' ')" >&2
    exit 1
  fi
  sleep 0.1
done
