# fence-device AGENT SECONDS LINES: runs monitor and then status of a fence agent with these lines on its standard input. Prints
# the exit code of each and the end of its output. status exits with 0 for on, 2 for off.
for a in monitor status; do
  t=$(printf '%s\naction=%s\n' "$3" "$a" | timeout -k 2 "$2" "$1" 2>&1)
  c=$?
  printf '= %s %s\n%s\n' "$a" "$c" "$(printf %s "$t" | tail -c 600)"
  if [ "$c" != 0 ]; then break; fi
done
