# What the login's shell runs for every script: sh -c 'this', on one line, without these comments. So: no single quote,
# no backslash before a quote or backslash (fish), a semicolon where a command ends. Runs with dash, bash and busybox.
#
# Standard input: a line "drbd-ocfs2 MARK LENGTH", then LENGTH bytes, the script and a dot, then nothing until the channel
# closes. Lines before that are skipped: a password that sudo did not ask for.
# The first mark says that this shell runs. Until it was heard, nothing is sent: a login shell's start file could read it.
printf "\036drbd-ocfs2 ready\n"; printf "\036drbd-ocfs2 ready\n" >&2;
while read -r k m n; do [ "$k" = drbd-ocfs2 ] && break; done;
[ "$n" ] || exit 254;
# Whatever the login has set: messages in English, all programs, and files that all can read.
umask 022;
LC_ALL=C; PATH=${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH;
# A script that has not come in full must not run, not even in part. The dot keeps the line ends that $() would drop.
s=$(head -c "$n");
[ "${#s}" = "$n" ] || exit 254;
# Whatever was printed before this mark (a login shell's greeting, sudo's lecture) is not the script's.
printf "\036%s+\n" "$m"; printf "\036%s+\n" "$m" >&2;
# 3: the channel's input, 4 and 5: its outputs, 6: news of the script for the shell that watches it
exec 3<&0 4>&1 5>&2 </dev/null 2>/dev/null;
# The script's shell leads a session, so that one kill reaches all that it started. It is in the foreground, for a shell
# makes what it starts in the background deaf to SIGINT for ever. It is fed through a pipe: an argument may be too short.
{ printf %s "$s" |
setsid sh -c "echo p \$\$ >&6; exec 6>&-; s=\$(cat); exec </dev/null; eval \"unset s; \${s%.}\"" >&4 2>&5 3<&- 4>&- 5>&-;
echo r $? >&6; } 6>&1 |
# The watcher sees the end of the channel's input when the channel or the connection is gone. It holds no output open.
{ while read -r k v; do case $k in
p) p=$v; ( while read -r x; do :; done;
trap "" TERM; kill -TERM "-$p"; for i in 1 2 3; do sleep 1; kill -0 "-$p" || exit 0; done; kill -KILL "-$p" )
<&3 >/dev/null 3<&- 4>&- 5>&- & w=$!;;
r) r=$v; break;;
esac; done;
[ -z "$w" ] || { kill "$w"; wait "$w"; };
# Whoever was to tell the exit code was killed: rather none than a wrong one.
[ "$r" ] || { kill -KILL "-$p"; exit 254; };
# The script's end is told in its outputs, for a daemon that it started may hold them open and with them the channel.
printf "\036%s-%d\n" "$m" "$r" >&4; printf "\036%s-%d\n" "$m" "$r" >&5;
exit "$r"; }
