# The login shell runs this once per connection, for read-only scripts. It works like bootstrap.sh, but one shell stays and
# runs the scripts one after the other, each in a subshell. This saves a login shell and about ten processes per script.
#
# Standard input: for each script a line "drbd-ocfs2 MARK LENGTH" and LENGTH bytes, the script and a dot, sent after the end
# of the previous script was reported. Other lines are skipped: a password that sudo did not ask for.
# With this variable of a hardened login, bash waits no longer than that for a line
unset TMOUT;
printf "\036drbd-ocfs2 ready\n"; printf "\036drbd-ocfs2 ready\n" >&2;
umask 022;
LC_ALL=C; PATH=${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH;
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
# In the middle is the shell that runs the scripts. It leads a session, by which its processes are found. Before
# it is cat, which detects the end of the channel's input even while a script runs.
{ { sh -c "echo c \$\$ >&6; exec cat 6>&-"; echo e >&6; } 4>&- 5>&- | {
setsid sh -c "echo p \$\$ >&6; exec 6>&-;
while read -r k m n; do
if [ \"\$k\" = drbd-ocfs2 ]; then
s=\$(head -c \"\$n\");
[ \"\${#s}\" = \"\$n\" ] || exit 254;
printf \"\$1\" \"\$m\"; printf \"\$1\" \"\$m\" >&2;
( eval \"unset s; set --; \${s%.}\" ) </dev/null;
r=\$?;
printf \"\$2\" \"\$m\" \$r; printf \"\$2\" \"\$m\" \$r >&2;
fi;
done" sh "\036%s+\n" "\036%s-%d\n" >&4 2>&5 4>&- 5>&-;
echo r >&6; } } 6>&1 |
{ while read -r k v; do case $k in
c) c=$v;; p) p=$v;; e) e=1; c=;; r) r=1;;
esac;
# That shell has ended; if it was killed, a script may still run
[ -z "$r" ] || [ -z "$c$e" ] || { [ -z "$c" ] || kill "$c"; [ -z "$p" ] || t KILL; exit 254; };
[ -z "$e" ] || [ -z "$p" ] || break; done;
[ "$p" ] || exit 254;
t TERM; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do t 0; [ "$a" ] || exit 254; sleep 0.2 || sleep 1; done;
t KILL; exit 254; } >/dev/null 4>&- 5>&-
