# keep-off NODE ACTION: after the action off, the fence-peer handler does not switch the node on again; after others it does
d=/run/drbd-ocfs2-steps/keep-off
if [ "$2" = off ]; then mkdir -p "$d" && : > "$d/$1"; else rm -f "$d/$1"; fi
