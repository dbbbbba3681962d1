# write-file MODE TEXT [BASE64]: writes the text to the file $f; with a third parameter the text is in base64; after
# file-as-seen.sh. A new file beside the old one is flushed to disk and renamed over it, so that there is a complete file at
# any time. Its name begins with a dot and has another ending, so that no pattern such as *.res or *.conf matches it.
f=${f?}
mkdir -p -- "${f%/*}"
t=${f%/*}/.${f##*/}.drbd-ocfs2-steps
trap 'rm -f -- "$t"' EXIT
trap 'exit 143' HUP INT TERM
umask 077
if [ $# = 3 ]; then printf %s "$2" | base64 -d > "$t"; else printf %s "$2" > "$t"; fi
chmod "$1" "$t"
if [ -e "$f" ]; then chown --reference="$f" "$t"; fi
sync "$t"
mv -f -- "$t" "$f"
if command -v restorecon > /dev/null; then restorecon "$f"; fi
sync "${f%/*}"
