# file-as-seen PATH [SUM]: ends the script with exit code 75 unless the file at PATH has that checksum or, without SUM, there is
# none. From here on $f is where PATH leads to, and a command that fails ends the script.
set -e
f=$(readlink -m -- "$1")
if [ $# = 1 ]; then [ ! -e "$f" ] || exit 75; else [ "$(sha256sum < "$f")" = "$2  -" ] || exit 75; fi
