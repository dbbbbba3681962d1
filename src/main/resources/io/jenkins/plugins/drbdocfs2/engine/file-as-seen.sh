# file-as-seen PATH [SUM]: ends the script with exit code 75 unless the file at PATH has this checksum or, without SUM, does
# not exist. From here on, $f is the resolved PATH, and a failing command ends the script.
set -e
f=$(readlink -m -- "$1")
if [ $# = 1 ]; then [ ! -e "$f" ] || exit 75; else [ "$(sha256sum < "$f")" = "$2  -" ] || exit 75; fi
