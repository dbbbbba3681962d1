package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about packages and kernel modules. */
public enum PackageRefusal implements RefusalKind {
    UNKNOWN_DISTRIBUTION(
            "package.unknown-distribution",
            "the names of the packages are not known for the distribution",
            "The step knows the names for Debian, Ubuntu, SUSE, Fedora, Red Hat and Oracle, as far as these"
                    + " have the software.",
            "Name the packages with `packages`, or install them before."),
    UNKNOWN(
            "package.unknown",
            "the package manager does not report what is installed",
            "`dpkg-query` or `rpm` fails, so an installed package would be mistaken for a missing one.",
            "Run `dpkg-query -W` or `rpm -qa` on the node to see the error, and repair that first."),
    NO_MANAGER(
            "package.no-manager",
            "there is no apt-get, dnf or zypper",
            "Packages have to be installed, and the node has no package manager that the step knows.",
            "Install them by hand; the step then finds the tools."),
    NO_MODULE(
            "package.no-module",
            "the running kernel lacks a module",
            "Neither the kernel nor a known package brings the module. If all modules are missing from"
                    + " `/lib/modules`, an upgrade has replaced or removed the kernel since boot.",
            "Boot a kernel that has it (`uname -r` shows the one that runs), or name the package that"
                    + " brings it with `packages`. Debian's `linux-image-amd64` has DRBD and OCFS2; its cloud kernel"
                    + " has no OCFS2. After an upgrade, reboot the node.");

    private final Entry entry;

    PackageRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
