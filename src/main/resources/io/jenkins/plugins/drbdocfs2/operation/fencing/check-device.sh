# check-device AGENT SECONDS LINES: like fence-device.sh, but exits with the code of the first action that does not exit with 0
for a in monitor status; do
  printf '%s\naction=%s\n' "$3" "$a" | timeout -k 2 "$2" "$1" || exit
done
