# unfinished-filesystem DEVICE: prints "unfinished" if mkfs.xfs or mkfs.ocfs2 was interrupted on the device; after
# suspended-drbd.sh.
d=$1
if { [ -b "$d" ] || [ -f "$d" ]; } && ! path_suspended "$d"; then
  # shellcheck disable=SC2046
  set -- $(od -An -v -tx1 -N127 "$d")
  # XFSB; byte 126 is sb_inprogress
  if [ "$1$2$3$4" = 58465342 ]; then
    [ "${127}" != 01 ] || echo unfinished
  else
    # -R would print through a pager, which may be missing
    case "$(printf 'stat //slot_map\nquit\n' | debugfs.ocfs2 -f /dev/stdin "$d")
" in *'   Size: 0
'*) echo unfinished ;; esac
  fi
fi
