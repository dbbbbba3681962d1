# mount-place PATH MOST: prints what is at PATH (suspended, directory, other or absent), how many names are in it, at most MOST,
# a line "=", and where PATH leads to; after suspended-drbd.sh and suspended-places.sh. What is suspended is not looked at.
f=$1
if away "$f"; then echo suspended; exit 0; fi
if [ -d "$f" ]; then echo directory; elif [ -e "$f" ] || [ -L "$f" ]; then echo other; else echo absent; fi
n=0
for e in "$f"/* "$f"/.[!.]* "$f"/..?*; do
  [ -e "$e" ] || [ -L "$e" ] || continue
  n=$((n + 1)); [ $n -lt "$2" ] || break
done
echo $n; echo '='
readlink -m -- "$f"
