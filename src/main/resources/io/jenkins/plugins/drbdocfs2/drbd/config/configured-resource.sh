# configured-resource NAME: prints the configuration of a resource. $conf is the file that drbdadm(8) reads, empty for its
#   default; $t is the directory that takes the place of /etc.
#
# Lines begin with "common" or "dump"; a line "at FILE" has the file of the next resource. If drbdadm fails: "failed" with its
# exit code, and lines that begin with "said"; only then it runs again for its message. There is no here-document, because
# bash writes it to a file, and a dump has the shared secrets.
r=$1; t=${t?}; conf=${conf?}
d=$(drbdadm ${conf:+-c "$conf"} dump) || {
  echo "failed $?"; d=
  drbdadm ${conf:+-c "$conf"} dump 2>&1 > /dev/null | sed "s|$t/|/etc/|g; s|^drbd\.d/|/etc/&|; s/^/said /"
}
k=; set -f; IFS="
"
for l in $d; do
  if [ -z "$k" ]; then
    case $l in
      'common {'*) k=common ;;
      "resource $r {"* | "resource \"$r\" {"*) k=dump ;;
      "# resource $r on "*': ignored,'*) k=ignored ;;
      '# defined at '*:*)
        l=${l#'# defined at '}; l=${l%:*}
        case $l in "$t"/*) l=/etc${l#"$t"} ;; esac
        printf 'at %s\n' "$l" ;;
    esac
  fi
  case $k in common | dump) printf '%s %s\n' "$k" "$l" ;; esac
  case $l in '}'*) k= ;; esac
done
unset IFS; set +f
