# The login shell runs this for every script: sh -c 'this', on one line, without these comments. Therefore it has no single
# quote, no backslash before a quote or backslash (fish), and a semicolon at the end of each command. It runs with dash,
# bash and busybox.
#
# Standard input: a line "drbd-ocfs2 MARK LENGTH", then LENGTH bytes, the script and a dot, then nothing until the channel
# closes. Earlier lines are skipped: a password that sudo did not ask for. The first mark reports that this shell runs.
# Nothing is sent before it arrives, because a start file of the login shell could read it.
# With this variable of a hardened login, bash waits no longer than that for a line
unset TMOUT;
printf "\036drbd-ocfs2 ready\n"; printf "\036drbd-ocfs2 ready\n" >&2;
while read -r k m n; do [ "$k" = drbd-ocfs2 ] && break; done;
[ "$n" ] || exit 254;
# Overrides the login's settings: messages in English, all programs, and files that all can read.
umask 022;
LC_ALL=C; PATH=${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH;
# An incomplete script must not run, not even in part. The dot keeps the line ends that $() would drop.
s=$(head -c "$n");
[ "${#s}" = "$n" ] || exit 254;
# Output before this mark (a greeting of the login shell, the lecture of sudo) is not from the script.
printf "\036%s+\n" "$m"; printf "\036%s+\n" "$m" >&2;
# 3: the input of the channel, 4 and 5: its outputs, 6: events of the script for the shell that watches it
exec 3<&0 4>&1 5>&2 </dev/null 2>/dev/null;
# Signals all processes of the session $p, also those that timeout or set -m put into groups of their own; $a: there were any.
# grep, because read takes a system call per byte
# shellcheck disable=SC2086
t() { g=$1; a=; kill "-$g" "-$p" && a=1;
x=$(grep -l "^[0-9]* (.*) . [0-9]* [0-9]* $p " /proc/[0-9]*/stat); [ $? -lt 3 ] || x=$(echo /proc/[0-9]*/stat);
for f in $x; do
l=; read -r l <"$f"; set -- ${l##*)}; f=${f%/stat};
[ "$4" = "$p" ] && [ "$3" != "$p" ] && kill "-$g" "${f#/proc/}" && a=1;
done; };
# The shell of the script leads a session, by which its processes are found. It runs in the foreground, because
# processes started in the background ignore SIGINT. It reads the script from a pipe: an argument has a length limit.
{ printf %s "$s" |
setsid sh -c "echo p \$\$ >&6; exec 6>&-; s=\$(cat); exec </dev/null; eval \"unset s; \${s%.}\"" >&4 2>&5 3<&- 4>&- 5>&-;
echo r $? >&6; } 6>&1 |
# The watcher detects the end of the channel's input after the channel or the connection is lost. It keeps no output open.
{ while read -r k v; do case $k in
p) p=$v; ( while read -r x; do :; done;
trap "" TERM; t TERM; for i in 1 2 3; do sleep 1; t 0; [ "$a" ] || exit 0; done; t KILL )
<&3 >/dev/null 3<&- 4>&- 5>&- & w=$!;;
r) r=$v; break;;
esac; done;
[ -z "$w" ] || { kill "$w"; wait "$w"; };
# The shell that reports the exit code was killed: no exit code is better than a wrong one.
[ "$r" ] || { t KILL; exit 254; };
# The end of the script is marked in its outputs, because a daemon that it started may keep them and the channel open.
printf "\036%s-%d\n" "$m" "$r" >&4; printf "\036%s-%d\n" "$m" "$r" >&5;
exit "$r"; }
