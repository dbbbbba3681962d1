# real_path PATH: sets $real to the output of "readlink -f PATH". A device directly in /dev needs no process.
# shellcheck disable=SC2034
real_path() {
  case $1 in
    /dev/*/* | /dev/. | /dev/..) ;;
    /dev/?*) if [ -b "$1" ] && [ ! -L "$1" ]; then real=$1; return; fi ;;
  esac
  real=$(readlink -f "$1")
}
