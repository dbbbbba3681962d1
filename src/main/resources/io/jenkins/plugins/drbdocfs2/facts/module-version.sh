# module-version MODULE: prints the version that a kernel module has, loaded or not; nothing if it has none.
if read -r v < "/sys/module/$1/version"; then echo "$v"; else modinfo -F version "$1"; fi
true
