# write-file MODE TEXT [BASE64]: writes the text, which is in base64 if there is a third parameter, to the file $f; after
# file-as-seen.sh. A new file beside the old one is flushed to disk and then renamed over it: there is no moment without a whole
# file. Its name begins with a dot and ends otherwise, so that no *.res or *.conf pattern takes it up.
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
