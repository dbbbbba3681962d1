# shellcheck shell=bash
# The kernel of the nodes: LAB_KERNEL, or a user-mode Linux of Debian. Sourced by `lab`.

# The kernel of a newer Debian, which Debian 12 and 13 use with its libc: that of Debian 13 starts a program in two thirds of
# the time of Debian 12's. That of Debian 14 (forky) takes another third less, because it needs no ptrace for the system calls
# of processes, but it has no packet filter.
newer_kernel() { echo "$LAB_CACHE/kernel-$LAB_KERNEL_FROM"; }

has_older_kernel() {
  local releases=(bookworm trixie forky) release
  for release in "${releases[@]}"; do
    case $release in
      "$LAB_KERNEL_FROM") return 1 ;;
      "$(debian_codename)") return 0 ;;
    esac
  done
  return 1
}

kernel() {
  if [ -n "$LAB_KERNEL" ]; then
    echo "$LAB_KERNEL"
  elif has_older_kernel; then
    echo "$(newer_kernel)/linux.uml"
  else
    echo linux.uml
  fi
}

modules_dir() {
  case $(kernel) in
    linux.uml) echo /usr/lib/uml/modules ;;
    "$LAB_KERNEL") echo "$LAB_MODULES/lib/modules" ;;
    *) echo "$(newer_kernel)/modules" ;;
  esac
}

kernel_version() { "$(kernel)" --version; }

# The library that a kernel is started with (LD_PRELOAD).
kernel_library() { echo "$LAB_CACHE/xstate-$(sha256sum <"$LAB_HOME/xstate.c" | cut -c 1-16).so"; }

# Compiles it, once.
ensure_kernel_library() {
  local library
  library=$(kernel_library)
  if [ -e "$library" ]; then return; fi
  mkdir -p "$LAB_CACHE"
  cc -O2 -Wall -Wextra -shared -fPIC -o "$library.$$" "$LAB_HOME/xstate.c" || die "cannot compile $LAB_HOME/xstate.c"
  mv "$library.$$" "$library"
}

# Identifies the kernel and its modules.
kernel_key() {
  if [ "$(kernel)" = linux.uml ]; then
    dpkg-query --showformat='${Version}\n' --show user-mode-linux
  else
    sha256sum <"$(kernel)"
    find "$(modules_dir)/$(kernel_version)" -type f -printf '%P %s %T@\n' | LC_ALL=C sort
  fi
}

# Downloads the newer kernel, once.
ensure_kernel() {
  local lock
  if [ -n "$LAB_KERNEL" ] || ! has_older_kernel || [ -e "$(newer_kernel)/linux.uml" ]; then return; fi
  mkdir -p "$LAB_CACHE"
  exec {lock}>>"$LAB_CACHE/lock"
  flock "$lock"
  [ -e "$(newer_kernel)/linux.uml" ] || download_kernel "$(newer_kernel)"
  exec {lock}>&-
}

download_kernel() {
  local directory=$1
  say "downloading the kernel of Debian $LAB_KERNEL_FROM ..."
  rm -rf --one-file-system "$directory"
  mkdir "$directory"
  if extract_kernel "$LAB_KERNEL_FROM" "$directory"; then return; fi
  say "it cannot run OCFS2, so the nodes use the kernel of Debian $(debian_codename)"
  rm -rf --one-file-system "$directory/modules"
  ln -s /usr/lib/uml/modules "$directory/modules"
  ln -s "$(command -v linux.uml)" "$directory/linux.uml"
}

# Fails if the kernel cannot run OCFS2.
extract_kernel() {
  local release=$1 directory=$2
  debootstrap_directory "$release" "$directory/root" --variant=extract --include=user-mode-linux
  mv "$directory/root/usr/lib/uml/modules" "$directory/modules"
  mv "$directory/root/usr/lib/x86_64-linux-gnu" "$directory/lib"
  mv "$directory/root/usr/bin/linux.uml" "$directory/new"
  rm -rf --one-file-system "$directory/root"
  patchelf --set-interpreter "$directory/lib/ld-linux-x86-64.so.2" --set-rpath "$directory/lib" "$directory/new"
  enable_o2net "$directory/new" && mv "$directory/new" "$directory/linux.uml"
}

# Gives a function of a kernel an even address, if it has an odd one: o2net keeps its address in a field whose lowest bit has
# another meaning (SK_USER_DATA_NOCOPY), and crashes if it is odd.
enable_o2net() {
  local address
  address=$(function_address "$1" sock_def_readable)
  [[ $address =~ [02468ace]$ ]] || { [ -n "$address" ] && "$LAB_HOME/even-address" "$1" "$address" >&2; }
}

function_address() {
  LD_PRELOAD=$(kernel_library) timeout 20 "$1" mem=64M root=/dev/root rootfstype=hostfs rootflags=/ ro con=null con0=null,fd:1 \
    init="$LAB_HOME/print-symbol" symbol="$2" </dev/null 2>/dev/null | sed -n "s|^\([0-9a-f]*\) . $2.*|\1|p"
}

# Checks that the modules belong to the kernel.
check_kernel() {
  local version
  if [ -z "$LAB_KERNEL$LAB_MODULES" ]; then return; fi
  if [ -z "$LAB_KERNEL" ] || [ -z "$LAB_MODULES" ]; then
    usage "LAB_KERNEL and LAB_MODULES go together: a kernel and its modules"
  fi
  [ -x "$LAB_KERNEL" ] || usage "LAB_KERNEL must be a user-mode Linux, but $LAB_KERNEL is not executable"
  version=$(kernel_version) || usage "$LAB_KERNEL --version fails, so it is not a user-mode Linux"
  [ -d "$LAB_MODULES/lib/modules/$version" ] ||
    usage "there is no $LAB_MODULES/lib/modules/$version, which LAB_KERNEL, version $version, needs"
}
