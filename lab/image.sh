# shellcheck shell=bash
# The base image that all nodes share: Debian with DRBD's and OCFS2's tools, and the modules of the user-mode kernel.
# Sourced by `lab`.

# What a node must have. Everything else comes in as a dependency; recommended packages do not.
IMAGE_PACKAGES=(
  systemd-sysv udev dbus kmod procps util-linux iproute2 iputils-ping openssh-server sudo netbase
  lvm2 drbd-utils ocfs2-tools xfsprogs e2fsprogs psmisc less
)
for package in $LAB_PACKAGES; do IMAGE_PACKAGES+=("$package"); done

# Changes whenever something that makes the image changes: its recipe, its files, the kernel, the Debian release.
image_key() {
  {
    cat "$LAB_HOME/image.sh"
    echo "${IMAGE_PACKAGES[@]}"
    find "$LAB_HOME/image" -type f -printf '%P\n' -exec cat {} + | LC_ALL=C sort
    kernel_key
    lab_release
  } | sha256sum | cut -c1-16
}

image_path() { echo "$LAB_CACHE/node-$(image_key).img"; }

debian_codename() { (. /etc/os-release && echo "$VERSION_CODENAME"); }

# The nodes' Debian: that of the host, or another one, whose packages come from the host's mirrors.
lab_release() { echo "${LAB_RELEASE:-$(debian_codename)}"; }

# Builds the image unless there is one. A second build at the same time waits for the first, and then finds its image.
ensure_image() {
  local lock
  install_host_packages
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
  [ -n "$(host_apt_sources)" ] || apt_get update
  host_apt_sources >"$work/sources.list"
  host_apt_options >"$work/apt.conf"
  # in a mount namespace, so that no mount is left behind in the directory if this is cut off
  unshare --mount mmdebstrap --quiet --mode=root --variant=minbase --format=directory \
    --include="$(IFS=,; echo "${IMAGE_PACKAGES[*]}")" \
    --aptopt="$work/apt.conf" \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --skip=cleanup/apt/cache \
    "$(lab_release)" "$root" "$work/sources.list" >"$work/log" 2>&1 ||
    { tail -n 30 "$work/log" >&2; die "mmdebstrap failed; its log is $work/log"; }

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

# Keeps a few, as work trees with different recipes share the cache. A lab that is up has a link of its own to its image.
forget_old_images() {
  local old
  find "$LAB_CACHE" -maxdepth 1 -name 'node-*.img' -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d' ' -f2- |
    while read -r old; do rm -f "$old"; done
}

# The host's own Debian sources, whatever mirror they name; other repositories of the host are left out.
host_apt_sources() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg option=
  if [ -e "$keyring" ]; then option="[signed-by=$keyring] "; fi
  apt-get indextargets --format "deb $option\$(SITE) \$(RELEASE) \$(COMPONENT)" \
    'Created-By: Packages' 'Origin: Debian' | sort -u |
    sed "s| $(debian_codename)\([ -]\)| $(lab_release)\1|"
}

# How the host reaches its mirror (proxies, retries, checks of dates).
host_apt_options() {
  apt-config dump | grep -E '^Acquire::(https?|ftp|Retries|Check-Date|Check-Valid-Until|ForceIPv[46])\b' || true
}

# The packages that were installed, as a local apt repository and the node's only one, so that a package can be purged
# and installed again on a node, which reaches no mirror. Debian's essential packages are not in it: nothing purges them.
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
  local root=$1 version
  version=$(kernel_version)
  mkdir -p "$root/lib/modules"
  cp -a "$(modules_dir)/$version" "$root/lib/modules/"
  rm -f "$root/lib/modules/$version/build" "$root/lib/modules/$version/source"
  chroot "$root" depmod "$version"
}

# The user's own kernel, or Debian's.
kernel() { echo "${LAB_KERNEL:-linux.uml}"; }
kernel_version() { "$(kernel)" --version; }
modules_dir() { if [ -n "$LAB_MODULES" ]; then echo "$LAB_MODULES/lib/modules"; else echo /usr/lib/uml/modules; fi; }

# Changes whenever the kernel or one of its modules does.
kernel_key() {
  if [ -n "$LAB_KERNEL" ]; then
    sha256sum <"$LAB_KERNEL"
    find "$(modules_dir)/$(kernel_version)" -type f -printf '%P %s %T@\n' | LC_ALL=C sort
  else
    dpkg-query --showformat='${Version}\n' --show user-mode-linux
  fi
}

# Modules fit the kernel that they were built with and no other.
check_kernel() {
  local version
  if [ -z "$LAB_KERNEL$LAB_MODULES" ]; then return; fi
  if [ -z "$LAB_KERNEL" ] || [ -z "$LAB_MODULES" ]; then
    usage "LAB_KERNEL and LAB_MODULES go together: a kernel and its modules"
  fi
  [ -x "$LAB_KERNEL" ] || usage "LAB_KERNEL must be a user-mode Linux, and $LAB_KERNEL is no program"
  version=$(kernel_version) || usage "$LAB_KERNEL --version fails, so it is no user-mode Linux"
  [ -d "$LAB_MODULES/lib/modules/$version" ] ||
    usage "there is no $LAB_MODULES/lib/modules/$version, so LAB_MODULES does not fit LAB_KERNEL, which is $version"
}

# root, a user who may do everything, and one whom sudo asks for a password. Keys and passwords come with each lab.
add_users() {
  local root=$1
  chroot "$root" useradd --create-home --shell /bin/bash ops
  chroot "$root" useradd --create-home --shell /bin/bash --groups sudo opspw
  echo 'ops ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/ops"
  chmod 0440 "$root/etc/sudoers.d/ops"
}

add_settings() {
  local root=$1 unit
  cp -r --no-preserve=mode "$LAB_HOME/image/." "$root/"
  chmod 0755 "$root/usr/local/sbin/lab-init" "$root/usr/sbin/fence_lab"
  rm -f "$root"/etc/ssh/ssh_host_*
  sed -i '/pam_motd\|pam_mail\|pam_lastlog\|pam_nologin/d' "$root/etc/pam.d/sshd"
  sed -i 's/usage-count yes/usage-count no/' "$root/etc/drbd.d/global_common.conf"
  echo '/dev/ubda / ext4 noatime 0 0' >"$root/etc/fstab"

  # Nobody sits at a console, and a node lives for minutes. Who logs in is nobody's business either, but logind stays
  # there to be asked: it carries out `reboot`.
  for unit in getty.target getty@.service serial-getty@.service console-getty.service \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
    systemd-ask-password-console.path systemd-ask-password-wall.path systemd-binfmt.service systemd-pstore.service \
    systemd-firstboot.service systemd-hwdb-update.service systemd-journal-flush.service systemd-random-seed.service \
    systemd-tmpfiles-clean.timer systemd-update-utmp.service systemd-update-utmp-runlevel.service \
    proc-sys-fs-binfmt_misc.automount sys-fs-fuse-connections.mount; do
    ln -s /dev/null "$root/etc/systemd/system/$unit"
  done
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -s /dev/null "$root/etc/systemd/system/multi-user.target.wants/systemd-logind.service"
  chroot "$root" systemctl set-default -q multi-user.target
}
