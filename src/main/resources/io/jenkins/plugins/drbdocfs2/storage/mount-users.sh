# place_users PATH: prints the users of the filesystem mounted at PATH, one per line: processes with files there, loop
# devices and swap with files there, NFS exports, mounts below it. It reads /proc because not every node has fuser, and
# starts no program for each open file, of which a busy machine has tens of thousands.
place_users() {
  place=$1
  g=$(printf %s "$place" | sed 's/[][*?\\]/\\&/g')
  find /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/exe /proc/[0-9]*/fd /proc/[0-9]*/map_files \
    -maxdepth 1 \( -lname "$g" -o -lname "$g/*" \) -printf '%p %l\n' 2> /dev/null | sort -t / -k 3,3n -u |
    while read -r l t; do
      p=${l#/proc/}; p=${p%%/*}; l=${l#"/proc/$p/"}; c=
      read -r c 2> /dev/null < "/proc/$p/comm"
      who="$p ($c)"
      case $l in
        map_files/*) echo "process $who, mapped into its memory: $t" ;;
        *) echo "process $who, its $l: $t" ;;
      esac
    done
  for f in /sys/block/loop*/loop/backing_file; do
    t=
    [ -r "$f" ] && IFS= read -r t < "$f"
    f=${f#/sys/block/}; f=${f%%/*}
    case $t in "$place"/*) echo "$f, whose file is $t" ;; esac
  done 2> /dev/null
  while read -r f t; do
    case $f in *\\*) f=$(printf %b "$(printf %s "$f" | sed 's/\\\([0-7]\{3\}\)/\\0\1/g')") ;; esac
    case $f in "$place"/*) echo "swap, whose file is $f" ;; esac
  done < /proc/swaps
  cat /proc/fs/nfsd/exports /var/lib/nfs/etab 2> /dev/null | while read -r f t; do
    case $f in *\\*) f=$(printf %b "$(printf %s "$f" | sed 's/\\\([0-7]\{3\}\)/\\0\1/g')") ;; esac
    case $f in "$place"|"$place"/*) echo "NFS, which exports $f" ;; esac
  done | sort -u
  while read -r a b n r f t; do
    case $f in *\\*) f=$(printf %b "$(printf %s "$f" | sed 's/\\\([0-7]\{3\}\)/\\0\1/g')") ;; esac
    case $f in "$place"/*) echo "the mount at $f" ;; esac
  done < /proc/self/mountinfo
}
