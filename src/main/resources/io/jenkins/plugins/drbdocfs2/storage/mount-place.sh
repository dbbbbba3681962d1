# mount-place PATH MOST: prints the kind of PATH (suspended, directory, other or absent), the number of its entries up to
# MOST, a line "=", and the resolved PATH; after suspended-drbd.sh and suspended-places.sh. A suspended path is not read.
f=$1
if below_suspended "$f"; then echo suspended; exit 0; fi
if [ -d "$f" ]; then echo directory; elif [ -e "$f" ] || [ -L "$f" ]; then echo other; else echo absent; fi
n=0
for e in "$f"/* "$f"/.[!.]* "$f"/..?*; do
  [ -e "$e" ] || [ -L "$e" ] || continue
  n=$((n + 1)); [ $n -lt "$2" ] || break
done
echo $n; echo '='
readlink -m -- "$f"
