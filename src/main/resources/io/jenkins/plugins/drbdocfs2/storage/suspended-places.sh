# below_suspended PATH: whether PATH leads below the mount of a suspended device, without following it there; after
# suspended-drbd.sh. Later lines of the script use it.
susp=${susp?}
at() {
  while read -r a b n r m x; do
    case $m in *\\*) m=$(printf %b "$(printf %s "$m" | sed 's/\\/\\0/g')") ;; esac
    [ "$m" = "$1" ] && suspended "$n" && return 0
  done < /proc/self/mountinfo
  return 1
}
below_suspended() {
  [ "$susp" != ' ' ] || return 1
  p=; l=${1#/}/; i=0
  while [ -n "$l" ] && [ $i -lt 100 ]; do
    i=$((i + 1)); c=${l%%/*}; l=${l#*/}
    case $c in ''|.) continue ;; ..) p=${p%/*}; continue ;; esac
    p=$p/$c
    if at "$p"; then return 0; fi
    [ -L "$p" ] || continue
    t=$(readlink "$p")
    case $t in /*) p= ;; *) p=${p%/*} ;; esac
    l=$t/$l
  done
  return 1
}
