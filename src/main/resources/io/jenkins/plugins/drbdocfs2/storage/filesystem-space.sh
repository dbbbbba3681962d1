# Prints the space of each mounted filesystem of a block device: "MAJOR:MINOR FRAGMENT BLOCKS FREE AVAILABLE INODES FREE"
# as in statvfs(3), or "MAJOR:MINOR" alone if it cannot be read; after suspended-drbd.sh. A suspended one is left out.
seen=' '
while read -r _ _ n _ m rest; do
  rest=${rest#* - }
  case $rest in squashfs\ *|iso9660\ *|udf\ *) continue ;; *\ /dev/*) ;; *) continue ;; esac
  case $seen in *" $n "*) continue ;; esac
  seen="$seen$n "
  if suspended "$n"; then continue; fi
  case $m in *\\*) m=$(printf %b "$(printf %s "$m" | sed 's/\\/\\0/g')") ;; esac
  s=$(stat -f -c '%S %b %f %a %c %d' -- "$m") || s=
  echo "$n $s"
done < /proc/self/mountinfo
