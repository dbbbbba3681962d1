# shellcheck shell=bash
# Installs what the lab needs on this machine. Sourced by `lab`.

be_root() { [ "$(id -u)" = 0 ] || die "$1 needs root"; }

# COMMAND:PACKAGES, the required commands and their packages.
HOST_PACKAGES=(
  linux.uml:user-mode-linux mmdebstrap:mmdebstrap patchelf:patchelf socat:socat ip:iproute2 mke2fs:e2fsprogs
  ssh:openssh-client ssh-keygen:openssh-client perl:perl-base "cc:gcc libc6-dev"
)

install_host_packages() {
  local entry packages missing=()
  for entry in "${HOST_PACKAGES[@]}"; do
    if command -v "${entry%%:*}" >/dev/null; then continue; fi
    read -ra packages <<<"${entry##*:}"
    missing+=("${packages[@]}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  apt_get update
  apt_get install --no-install-recommends "${missing[@]}"
}

apt_get() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" >/dev/null ||
    die "apt-get $* failed"
}

# Every process of the lab has this in its environment, so that `down` always finds it.
mark_children() { export DRBD_OCFS2_LAB_PROCESS_OF=$LAB_DIR; }
