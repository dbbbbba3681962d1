# fencing-devices FILE: prints the names of the sections of FILE, a node each; nothing if there is no such file
[ ! -e "$1" ] || sed -n 's/^\[\(.*\)\]$/\1/p' "$1"
