# module-version MODULE: prints the version of a kernel module, even if it is not loaded; nothing if it has none.
if read -r v < "/sys/module/$1/version"; then echo "$v"; else modinfo -F version "$1"; fi
true
