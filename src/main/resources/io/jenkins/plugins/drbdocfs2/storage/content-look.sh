# content-look DEVICE BEGIN END: prints what "content look" does, and fails if the device waits; after suspended-drbd.sh and
# content.sh.
[ -b "$1" ] || exit 1
if waits "$1"; then exit 1; fi
content look "$1" "$2" "$3"
