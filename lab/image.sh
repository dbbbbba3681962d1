# shellcheck shell=bash
# The base image of all nodes: Debian with the tools of DRBD and OCFS2, and the modules of the user-mode kernel.
# Sourced by `lab`.

# The packages of a node, without recommended packages.
IMAGE_PACKAGES=(
  systemd-sysv udev dbus kmod procps util-linux iproute2 iputils-ping openssh-server sudo netbase
  lvm2 drbd-utils iptables ocfs2-tools xfsprogs e2fsprogs psmisc less
)
for package in $LAB_PACKAGES; do IMAGE_PACKAGES+=("$package"); done

# A hash of everything that determines the image: its recipe, its files, the kernels, the Debian release.
image_key() {
  {
    cat "$LAB_HOME/image.sh"
    echo "${IMAGE_PACKAGES[@]}"
    find "$LAB_HOME/image" -type f -printf '%P\n' -exec cat {} + | LC_ALL=C sort
    kernels_key
    lab_release
  } | sha256sum | cut -c1-16
}

image_path() { echo "$LAB_CACHE/node-$(image_key).img"; }

debian_codename() { (. /etc/os-release && echo "$VERSION_CODENAME"); }

# The Debian release of the nodes: that of the host, or another one from the mirrors of the host.
lab_release() { echo "${LAB_RELEASE:-$(debian_codename)}"; }

# ensure_image RELEASE...: builds the image if there is none, with the modules of the kernels of these releases, and of others
# that are on this machine. A concurrent build waits for the first, and then uses its image.
ensure_image() {
  local lock
  install_host_packages
  ensure_kernel_library
  ensure_kernels "$@"
  if [ ! -e "$(image_path)" ]; then
    mkdir -p "$LAB_CACHE"
    exec {lock}>>"$LAB_CACHE/lock"
    if ! flock --nonblock "$lock"; then
      say "waiting for another build to end ..."
      flock "$lock"
    fi
    if [ ! -e "$(image_path)" ]; then build_image; fi
    exec {lock}>&-
  fi
  say "base image: $(image_path)"
}

build_image() {
  local started=$SECONDS image work root
  image=$(image_path)
  work=$LAB_CACHE/build
  root=$work/root

  say "building the base image (about a minute) ..."
  rm -rf --one-file-system "$work" "$LAB_CACHE"/node-*.img.new
  mkdir -p "$work"

  say "  installing Debian $(lab_release) into it"
  debootstrap_directory "$(lab_release)" "$root" --variant=minbase \
    --include="$(IFS=,; echo "${IMAGE_PACKAGES[*]}")" \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --skip=cleanup/apt/cache

  say "  adding packages, kernel modules and users"
  add_package_archive "$root"
  add_kernel_modules "$root"
  add_users "$root"
  add_settings "$root"

  say "  writing the file system"
  mke2fs -q -t ext4 -L root -E lazy_itable_init=1,nodiscard -J size=16 -d "$root" "$image.new" 2G >/dev/null
  chmod 0444 "$image.new"
  rm -rf --one-file-system "$work"
  mv "$image.new" "$image"
  forget_old_images
  say "built in $((SECONDS - started)) s"
}

# Keeps a few, because work trees with different recipes share the cache. A running lab has its own link to its image.
forget_old_images() {
  local old
  find "$LAB_CACHE" -maxdepth 1 -name 'node-*.img' -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d' ' -f2- |
    while read -r old; do rm -f "$old"; done
}

# debootstrap_directory RELEASE DIRECTORY OPTION...: installs packages of a Debian release into a directory, from the mirrors
# of the host. In a mount namespace, so that an interruption leaves no mount in the directory.
debootstrap_directory() {
  local release=$1 directory=$2
  shift 2
  [ -n "$(host_apt_sources "$release")" ] || apt_get update
  host_apt_sources "$release" >"$directory.list"
  host_apt_options >"$directory.conf"
  unshare --mount mmdebstrap --quiet --mode=root --format=directory --aptopt="$directory.conf" "$@" \
    "$release" "$directory" "$directory.list" >"$directory.log" 2>&1 ||
    { tail -n 30 "$directory.log" >&2; die "mmdebstrap failed; its log is $directory.log"; }
}

# The Debian sources of the host, with any mirror, without its other repositories, for a release.
host_apt_sources() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg option=
  if [ -e "$keyring" ]; then option="[signed-by=$keyring] "; fi
  apt-get indextargets --format "deb $option\$(SITE) \$(RELEASE) \$(COMPONENT)" \
    'Created-By: Packages' 'Origin: Debian' | sort -u |
    sed "s| $(debian_codename)\([ -]\)| $1\1|"
}

# The apt options of the host for its mirror (proxies, retries, date checks).
host_apt_options() {
  apt-config dump | grep -E '^Acquire::(https?|ftp|Retries|Check-Date|Check-Valid-Until|ForceIPv[46])\b' || true
}

# Makes the installed packages a local apt repository, the only one of a node, so that a package can be purged
# and installed again on a node without a network. It lacks Debian's essential packages, which nothing purges.
add_package_archive() {
  local root=$1 deb
  mkdir -p "$root/srv/packages"
  mv "$root"/var/cache/apt/archives/*.deb "$root/srv/packages/"
  (
    cd "$root/srv/packages" || exit
    for deb in *.deb; do
      dpkg-deb --field "$deb"
      printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' \
        "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
    done >Packages
  )
  rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/* "$root"/etc/apt/apt.conf.d/99mmdebstrap \
    "$root"/etc/dpkg/dpkg.cfg.d/99mmdebstrap "$root"/var/lib/apt/lists/*
  echo 'deb [trusted=yes] file:/srv/packages ./' >"$root/etc/apt/sources.list"
  chroot "$root" apt-get -qq update
}

add_kernel_modules() {
  local root=$1 kernel modules
  mkdir -p "$root/lib/modules"
  find_kernels
  for kernel in "${KERNELS[@]}"; do
    modules=$(modules_of "$kernel")
    cp -a "$modules" "$root/lib/modules/"
    rm -f "$root/lib/modules/${modules##*/}"/{build,source}
    chroot "$root" depmod "${modules##*/}"
  done
}

# Adds a user with sudo without a password, and one with a password. Each lab has its own keys and passwords.
add_users() {
  local root=$1
  chroot "$root" useradd --create-home --shell /bin/bash ops
  chroot "$root" useradd --create-home --shell /bin/bash --groups sudo opspw
  echo 'ops ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/ops"
  chmod 0440 "$root/etc/sudoers.d/ops"
}

add_settings() {
  local root=$1 unit generator
  cp -r --no-preserve=mode "$LAB_HOME/image/." "$root/"
  chmod 0755 "$root/usr/local/sbin/lab-init" "$root/usr/sbin/fence_lab"
  rm -f "$root"/etc/ssh/ssh_host_*
  sed -i '/pam_motd\|pam_mail\|pam_lastlog\|pam_nologin/d' "$root/etc/pam.d/sshd"
  sed -i 's/usage-count yes/usage-count no/' "$root/etc/drbd.d/global_common.conf"
  echo '/dev/ubda / ext4 noatime 0 0' >"$root/etc/fstab"

  # Disables units that a short-lived node without a console does not need. logind does not start at boot, but is
  # available on demand for `reboot`.
  for unit in getty.target getty@.service serial-getty@.service console-getty.service \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
    systemd-ask-password-console.path systemd-ask-password-wall.path systemd-binfmt.service systemd-pstore.service \
    lvm2-monitor.service systemd-firstboot.service systemd-hwdb-update.service systemd-journal-flush.service \
    systemd-random-seed.service systemd-sysusers.service \
    systemd-tmpfiles-clean.timer systemd-update-utmp.service systemd-update-utmp-runlevel.service \
    proc-sys-fs-binfmt_misc.automount sys-fs-fuse-connections.mount; do
    ln -s /dev/null "$root/etc/systemd/system/$unit"
  done
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -s /dev/null "$root/etc/systemd/system/multi-user.target.wants/systemd-logind.service"

  # The generators that a node needs. All run at boot and at each daemon-reload, of which a build causes several.
  mkdir -p "$root/etc/systemd/system-generators"
  for generator in "$root"/usr/lib/systemd/system-generators/systemd-*; do
    case $generator in
      *-fstab-generator | *-sysv-generator) ;;
      *) ln -s /dev/null "$root/etc/systemd/system-generators/${generator##*/}" ;;
    esac
  done
  chroot "$root" systemctl set-default -q multi-user.target
}
