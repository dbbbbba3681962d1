# The login shell runs this once per connection, for scripts that change something. It works like bootstrap.sh, but one shell
# stays and starts the scripts one after the other, each as the leader of a session of its own, which may leave processes
# behind. This saves a login shell and about ten processes per script.
#
# Standard input: for each script a line "drbd-ocfs2 MARK LENGTH", sent after the end of the previous script was reported;
# and LENGTH bytes, the script and a dot, sent after the mark of its beginning has arrived, so that no script is sent into a
# lost connection. Other lines are skipped: a password that sudo did not ask for.
# With this variable of a hardened login, bash waits no longer than that for a line
unset TMOUT;
umask 022;
LC_ALL=C; PATH=${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH;
command -v setsid >/dev/null && command -v head >/dev/null || exit 254;
printf "\036drbd-ocfs2 ready\n"; printf "\036drbd-ocfs2 ready\n" >&2;
# 4 and 5: the outputs of the channel, 6: events for the shell that watches the others
exec 4>&1 5>&2 2>/dev/null;
# Signals all processes of the session $p, also those that timeout or set -m put into groups of their own; $a: there were any.
# grep, because read takes a system call per byte
# shellcheck disable=SC2086
t() { g=$1; a=; kill "-$g" "-$p" && a=1;
x=$(grep -l "^[0-9]* (.*) . [0-9]* [0-9]* $p " /proc/[0-9]*/stat); [ $? -lt 3 ] || x=$(echo /proc/[0-9]*/stat);
for f in $x; do
l=; read -r l <"$f"; set -- ${l##*)}; f=${f%/stat};
[ "$4" = "$p" ] && [ "$3" != "$p" ] && kill "-$g" "${f#/proc/}" && a=1;
done; };
# Before the shell that stays is cat, which detects the end of the channel's input even while a script runs. The shell of a
# script reads it; an incomplete one must not run, not even in part. Then it prints its process ID on 3, without which the rest
# of the script could be taken for the next one. The + after an exit code tells that the script left processes in its process
# group. The trap is for bash, which would end itself with a script that SIGINT ends.
{ { sh -c "echo c \$\$ >&6; exec cat 6>&-"; echo e >&6; } 4>&- 5>&- | {
sh -c "trap : INT;
while read -r k m n; do
if [ \"\$k\" = drbd-ocfs2 ]; then
printf \"\$1\" \"\$m\"; printf \"\$1\" \"\$m\" >&5;
p=\$( exec setsid sh -c \"\$3\" sh \"\$n\" 3>&1 >&4 2>&5 4>&- 5>&- );
r=\$?;
[ \"\$p\" ] || exit 254;
echo d >&6;
kill -0 \"-\$p\" && l=+ || l=;
printf \"\$2\" \"\$m\" \$r \$l; printf \"\$2\" \"\$m\" \$r \$l >&5;
fi;
done" sh "\036%s+\n" "\036%s-%d%s\n" "echo p \$\$ >&6; exec 6>&-;
s=\$(head -c \"\$1\");
[ \"\${#s}\" = \"\$1\" ] || exit 254;
echo \$\$ >&3;
exec </dev/null 3>&-;
eval \"unset s; set --; \${s%.}\"" >&4;
echo r >&6; } } 6>&1 |
{ while read -r k v; do case $k in
c) c=$v;; p) p=$v;; d) p=;; e) e=1; c=;; r) r=1;;
esac;
# The shell that stays has ended; if it was killed, a script may still run, whose exit code nobody would report
[ -z "$r" ] || [ -z "$c$e" ] || { [ -z "$c" ] || kill "$c"; [ -z "$p" ] || t KILL; exit 254; };
[ -z "$e" ] || [ -z "$p" ] || break; done;
[ "$p" ] || exit 254;
t TERM; for i in 1 2 3; do sleep 1; t 0; [ "$a" ] || exit 254; done;
t KILL; exit 254; } >/dev/null 4>&- 5>&-
