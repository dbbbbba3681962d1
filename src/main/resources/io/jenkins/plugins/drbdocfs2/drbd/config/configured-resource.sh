# configured-resource NAME PATTERN: prints the configuration of a resource; PATTERN is its name as a regular expression. It
#   needs "drbd", which is drbdadm(8), and $t, the directory that it reads instead of /etc.
#
# Lines begin with "common" or "dump"; a line "at FILE" has the file of the resource. If drbdadm fails: "failed" with its
# exit code, and lines that begin with "said"; only then it runs again for its message. There is no here-document, because
# bash writes it to a file, and a dump has the shared secrets.
r=$1; n=$2; t=${t?}
command -v drbdadm > /dev/null || exit 3
d=$(drbd dump) || {
  echo "failed $?"; d=
  drbd dump 2>&1 > /dev/null | sed "s|$t/|/etc/|g; s|^drbd\.d/|/etc/&|; s/^/said /"
}
printf '%s\n' "$d" | sed -n "/^common {/,/^}/s/^/common /p
  /^# resource $n on [^ ]*: ignored,/,/^}/d
  s|^# defined at $t/|# defined at /etc/|
  s|^# defined at \(.*\):[0-9]*$|at \1|p
  /^resource \"\{0,1\}$n\"\{0,1\} {/,/^}/s/^/dump /p"
