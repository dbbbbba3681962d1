# The login shell runs this once per connection, for read-only scripts. It works like bootstrap.sh, but one shell stays and
# runs the scripts one after the other, each in a subshell. This saves a login shell and about ten processes per script.
#
# Standard input: for each script a line "drbd-ocfs2 MARK LENGTH" and LENGTH bytes, the script and a dot, sent after the end
# of the previous script was reported. Other lines are skipped: a password that sudo did not ask for.
printf "\036drbd-ocfs2 ready\n"; printf "\036drbd-ocfs2 ready\n" >&2;
umask 022;
LC_ALL=C; PATH=${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH;
# 4 and 5: the outputs of the channel, 6: events for the shell that watches the others
exec 4>&1 5>&2 2>/dev/null;
# In the middle is the shell that runs the scripts. It leads a session, so that one kill reaches all its processes. Before
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
c) c=$v;; p) p=$v;; e) e=1;; r) r=1;;
esac;
# That shell was killed: nothing reads from cat any more
[ -z "$r" ] || [ -z "$c" ] || { kill "$c"; exit 254; };
[ -z "$e" ] || [ -z "$p" ] || break; done;
[ "$p" ] || exit 254;
kill -TERM "-$p"; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do kill -0 "-$p" || exit 0; sleep 0.2 || sleep 1; done;
kill -KILL "-$p"; } >/dev/null 4>&- 5>&-
