# shellcheck shell=sh disable=SC2154
# Runs a script in a subshell, marks its end in both outputs, and exits if it failed: in_order SCRIPT. ScriptSequence puts
# mark=MARK before this function, and after it a call for each script, on lines of their own: after a call with && or || sh
# would ignore the script's set -e. On one line, like bootstrap.sh.
in_order() {
( eval "unset mark; set --; $1" );
set -- $?;
printf "\036%s-%d\n" "$mark" "$1"; printf "\036%s-%d\n" "$mark" "$1" >&2;
[ "$1" = 0 ] || exit "$1";
}
