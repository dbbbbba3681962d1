# module NAME FOLDER PATTERN: prints "loaded" or "available" for a kernel module; nothing if the running kernel does not
# have it. FOLDER is its name below /sys/module, PATTERN a regular expression for its file, in which - and _ are the same.
d=/lib/modules
if [ -d "/sys/module/$2" ]; then
  echo loaded
elif d=$d/$(uname -r); grep -q "$3" "$d/modules.builtin"; then
  # a built-in module may have no folder there
  echo loaded
elif command -v modprobe > /dev/null; then
  modprobe -n -q "$1" && echo available
else
  grep -q "$3" "$d/modules.dep" && echo available
fi
true
