# fence-power FILE NODE SECONDS: runs status of the device of NODE in FILE; prints its exit code and the end of its output
section() { awk -v name="[$node]" '$0 == name { on = 1; next } /^\[/ { on = 0 } on && /=/' "$file"; }
file=$1; node=$2
agent=$(section | sed -n 's/^agent=//p' | head -n 1)
t=$({ section | grep -v '^agent='; echo action=status; } | timeout -k 2 "$3" "$agent" 2>&1)
printf '= status %s\n%s\n' "$?" "$(printf %s "$t" | tail -c 600)"
