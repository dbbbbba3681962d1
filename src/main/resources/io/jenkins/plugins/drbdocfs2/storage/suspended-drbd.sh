# Functions that find devices with suspended DRBD I/O: any access to them hangs. Later lines of the script use them.
#
# suspended MAJOR:MINOR: whether the device is such a DRBD device, or is on one.
# path_suspended PATH: the same for the device at PATH.
# $susp: the minor numbers of all such DRBD devices, with blanks around each.
#
# With DRBD 8 this starts no program, except one for path_suspended if there is such a device: the first of the flags in
# /proc/drbd is "s". With DRBD 9 it runs drbdsetup events2, which prints resources before devices.
# shellcheck disable=SC2034
susp=' '
if [ -r /proc/drbd ]; then
  v=; read -r v < /proc/drbd
  case $v in
    *' 8.'*)
      while read -r m a b c p f x; do
        case $m:$f in [0-9]*::s*) susp="$susp${m%:} " ;; esac
      done < /proc/drbd ;;
    *)
      s=' '; set -f; IFS="
"
      for e in $(drbdsetup events2 --now); do
        n=${e#* * }; n=${n%% *}
        case "${e#* } " in
          'resource '*' suspended:no '*) ;;
          'resource '*' suspended:'*) s="$s$n " ;;
          'device '*' minor:'*) case $s in *" $n "*) m=${e#* minor:}; susp="$susp${m%% *} " ;; esac ;;
        esac
      done
      unset IFS; set +f ;;
  esac
fi
suspended() {
  case $susp:$1 in
    ' :'*) return 1 ;;
    *:147:*) case $susp in *" ${1#*:} "*) return 0 ;; *) return 1 ;; esac ;;
  esac
  for below in /sys/dev/block/"$1"/slaves/*/dev; do
    [ -r "$below" ] && read -r below < "$below" && suspended "$below" && return 0
  done
  return 1
}
path_suspended() {
  [ "$susp" != ' ' ] && t=$(stat -L -c '0x%t 0x%T' "$1") && suspended "$((${t% *})):$((${t#* }))"
}
