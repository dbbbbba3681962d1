# content-search DEVICE BEGIN END: prints the output of "content search", and fails if the device is suspended; after
# suspended-drbd.sh and content.sh.
[ -b "$1" ] || exit 1
if path_suspended "$1"; then exit 1; fi
content search "$1" "$2" "$3"
