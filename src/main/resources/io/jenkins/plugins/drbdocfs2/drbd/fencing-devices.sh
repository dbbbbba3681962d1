# fencing-devices FILE: prints the numbers at the head of FILE, and the names of its sections, a node each; nothing if there is no such
# file
[ ! -e "$1" ] || sed -n -e 's/^\[\(.*\)\]$/\1/p' -e '/^\(wait\|limit\)=[0-9]\{1,5\}$/p' "$1"
