# managers ROOT: prints what the files below ROOT, which is empty on a node, and the CIB have about programs that manage DRBD
# resources. A line "PROGRAM PLACE" begins each part. Then come the lines of its content, each after a blank; or lines "failed"
# with the reason why it cannot be read.
#
# linstor FILE: the names of the resources in a file of the satellite.
# drbd-reactor FILE: the text of a file of the daemon.
# pacemaker FILE, or pacemaker cibadmin: the XML of the CIB, a tag a line, with no values except those of drbd_resource: others
# may be passwords.
#
# On a node without any of them this starts no program.
r=$1
if [ -d "$r/var/lib/linstor.d" ] || [ -f "$r/etc/drbd-reactor.toml" ] || [ -d "$r/etc/drbd-reactor.d" ] ||
  [ -e "$r/var/lib/pacemaker/cib/cib.xml" ] || [ -e "$r/etc/pacemaker/authkey" ] || command -v cibadmin > /dev/null; then (
  export LC_ALL=C
  failed() {
    printf '%s\n' "$1" | sed 's/^/failed /'
  }
  part() {
    printf '%s %s\n' "$1" "${2#"$r"}"
    if t=$(sed -n "$3" "$2" 2>&1); then printf '%s\n' "$t"; else failed "$t"; fi
  }
  listed() {
    if [ -d "$2" ] && ! t=$(ls "$2" 2>&1 > /dev/null); then printf '%s %s\n' "$1" "${2#"$r"}"; failed "$t"; fi
  }

  listed linstor "$r/var/lib/linstor.d"
  for f in "$r"/var/lib/linstor.d/*.res; do
    if [ -e "$f" ] || [ -L "$f" ]; then
      part linstor "$f" 's/^[[:space:]]*resource[[:space:]]\{1,\}"\{0,1\}\([^"{[:space:]]\{1,\}\).*/ \1/p'
    fi
  done

  f=$r/etc/drbd-reactor.toml; s=
  if [ -f "$f" ]; then
    part drbd-reactor "$f" 's/^/ /p'
    s=$(sed -n "s/^[[:space:]]*snippets[[:space:]]*=[[:space:]]*[\"']\([^\"']*\)[\"'].*/\1/p" "$f")
  fi
  s=${s%/}
  case $s in /etc/drbd-reactor.d) s= ;; esac
  for d in /etc/drbd-reactor.d ${s:+"$s"}; do
    listed drbd-reactor "$r$d"
    for f in "$r$d"/*.toml "$r$d"/.[!.]*.toml; do
      if [ -f "$f" ]; then part drbd-reactor "$f" 's/^/ /p'; fi
    done
  done

  f=$r/var/lib/pacemaker/cib/cib.xml
  if command -v cibadmin > /dev/null && c=$(timeout 10 cibadmin -Q -o resources); then
    echo 'pacemaker cibadmin'
  elif [ -e "$f" ] || [ -L "$f" ]; then
    echo "pacemaker ${f#"$r"}"
    c=$(cat "$f" 2>&1) || { failed "$c"; exit 0; }
  else
    if [ -e "$r/etc/pacemaker/authkey" ]; then
      echo 'pacemaker cibadmin'
      failed "$(timeout 10 cibadmin -Q -o resources 2>&1)"
    fi
    exit 0
  fi
  printf '%s' "$c" | tr '\n<' ' \n' | sed "1d
    /^nvpair[[:space:]]/{
      /drbd_resource/!{
        s/[[:space:]]value=\"[^\"]*\"/ value=\"\"/
        s/[[:space:]]value='[^']*'/ value=''/
      }
    }
    s/^/ </"
  echo
) fi
