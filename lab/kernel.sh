# shellcheck shell=bash
# The kernel of the nodes: LAB_KERNEL, or a user-mode Linux of Debian. Sourced by `lab`.

# The Debian releases whose kernels nodes can run. A newer kernel than that of the host runs there with its own libc: that of
# Debian 13 starts a program in two thirds of the time of Debian 12's. That of Debian 14 (forky) takes another third less,
# because it needs no ptrace for the system calls of processes, but it has no packet filter.
KERNEL_RELEASES=(trixie forky)

kernel_directory() { echo "$LAB_CACHE/kernel-$1"; }

# Whether the release is newer than that of the host.
is_newer() {
  local releases=(bookworm "${KERNEL_RELEASES[@]}") release
  for release in "${releases[@]}"; do
    case $release in
      "$1") return 1 ;;
      "$(debian_codename)") return 0 ;;
    esac
  done
  return 1
}

kernel_of() {
  if is_newer "$1"; then
    echo "$(kernel_directory "$1")/linux.uml"
  else
    echo linux.uml
  fi
}

kernel() { if [ -n "$LAB_KERNEL" ]; then echo "$LAB_KERNEL"; else kernel_of "$LAB_KERNEL_FROM"; fi; }

# Sets KERNELS: those that nodes with the same image can run, of those that are on this machine.
find_kernels() {
  local release kernel
  KERNELS=("$(kernel)")
  if [ -n "$LAB_KERNEL" ]; then return; fi
  KERNELS=()
  for release in "${KERNEL_RELEASES[@]}"; do
    kernel=$(kernel_of "$release")
    if [[ $kernel = linux.uml || -e $kernel ]] && [[ " ${KERNELS[*]-} " != *" $kernel "* ]]; then KERNELS+=("$kernel"); fi
  done
}

# The directory with the modules of a kernel.
modules_of() {
  case $1 in
    linux.uml) echo "/usr/lib/uml/modules/$(linux.uml --version)" ;;
    "$LAB_KERNEL") echo "$LAB_MODULES/lib/modules/$("$1" --version)" ;;
    *) echo "${1%/*}/modules/$("$1" --version)" ;;
  esac
}

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

# Identifies the kernels and their modules.
kernels_key() {
  local kernel
  find_kernels
  for kernel in "${KERNELS[@]}"; do
    if [ "$kernel" = linux.uml ]; then
      dpkg-query --showformat='${Version}\n' --show user-mode-linux
    else
      sha256sum <"$kernel"
      find "$(modules_of "$kernel")" -type f -printf '%P %s %T@\n' | LC_ALL=C sort
    fi
  done
}

# ensure_kernels RELEASE...: downloads those that are newer than the host, once. Only that of LAB_KERNEL_FROM is necessary.
ensure_kernels() {
  local release lock
  if [ -n "$LAB_KERNEL" ]; then return; fi
  mkdir -p "$LAB_CACHE"
  for release in "$@"; do
    if ! is_newer "$release" || [ -e "$(kernel_of "$release")" ]; then continue; fi
    exec {lock}>>"$LAB_CACHE/lock"
    flock "$lock"
    if [ ! -e "$(kernel_of "$release")" ]; then (download_kernel "$release") || true; fi
    exec {lock}>&-
    [[ -e $(kernel_of "$release") || $release != "$LAB_KERNEL_FROM" ]] || die "there is no kernel of Debian $release"
  done
}

download_kernel() {
  local release=$1 directory
  directory=$(kernel_directory "$release")
  say "downloading the kernel of Debian $release ..."
  rm -rf --one-file-system "$directory"
  mkdir "$directory"
  if extract_kernel "$release" "$directory"; then return; fi
  say "it cannot run OCFS2, so the nodes run the kernel of Debian $(debian_codename)"
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
  version=$("$LAB_KERNEL" --version) || usage "$LAB_KERNEL --version fails, so it is not a user-mode Linux"
  [ -d "$LAB_MODULES/lib/modules/$version" ] ||
    usage "there is no $LAB_MODULES/lib/modules/$version, which LAB_KERNEL, version $version, needs"
}
