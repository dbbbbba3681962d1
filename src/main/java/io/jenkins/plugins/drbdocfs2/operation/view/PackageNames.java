package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the DRBD and OCFS2 packages of the distributions.
 *
 * <p>Debian: verified on Debian 12. Ubuntu has both modules in linux-modules-extra, apart from the kernel of its cloud and
 * server images. SUSE has kernel module packages by kernel flavour. Red Hat and compatible distributions do not include
 * DRBD; the names are those of ELRepo, which has to be set up first. OCFS2 is in Oracle Linux, but not in the kernels of Red
 * Hat. Other packages are set with the parameter {@code packages}.
 */
public enum PackageNames {
    /** DRBD: drbd-utils and the module drbd. */
    DRBD("drbdInstall", List.of("drbdadm", "drbdsetup", "drbdmeta"), List.of("drbd")),
    /** OCFS2 with its own cluster stack o2cb. */
    OCFS2(
            "ocfs2Install",
            List.of("mkfs.ocfs2", "debugfs.ocfs2", "o2cb"),
            List.of("ocfs2", "ocfs2_dlmfs", "ocfs2_stack_o2cb"));

    private final String step;
    private final List<String> tools;
    private final List<String> modules;

    PackageNames(String step, List<String> tools, List<String> modules) {
        this.step = step;
        this.tools = tools;
        this.modules = modules;
    }

    /** The step that installs the software. */
    public String step() {
        return step;
    }

    /** The commands that show that the tools are installed, from any source. */
    public List<String> tools() {
        return tools;
    }

    /** The modules to load; their dependencies are loaded with them. */
    public List<String> modules() {
        return modules;
    }

    /** The packages of the tools; empty if unknown. */
    public List<String> packages(OsRelease os) {
        if (os.isLike("debian", "ubuntu")) {
            return this == DRBD ? List.of("drbd-utils") : List.of("ocfs2-tools");
        }
        if (os.isLike("suse", "opensuse", "sles", "sle_hpc")) {
            return this == DRBD ? List.of("drbd-utils") : List.of("ocfs2-tools", "ocfs2-tools-o2cb");
        }
        if (os.id().equals("fedora")) {
            return this == DRBD ? List.of("drbd-utils") : List.of();
        }
        if (this == OCFS2) {
            return os.id().equals("ol") ? List.of("ocfs2-tools") : List.of();
        }
        return os.isLike("rhel", "centos") ? List.of("drbd9x-utils") : List.of();
    }

    /**
     * The packages that provide the modules if the kernel has none; empty if unknown.
     *
     * @param kernel the release of the running kernel, such as "6.8.0-45-generic"
     */
    public List<String> modulePackages(OsRelease os, String kernel) {
        if (os.id().equals("ubuntu")) {
            return List.of("linux-modules-extra-" + kernel);
        }
        if (os.isLike("suse", "opensuse", "sles", "sle_hpc")) {
            String flavour = kernel.substring(kernel.lastIndexOf('-') + 1);
            return List.of((this == DRBD ? "drbd-kmp-" : "ocfs2-kmp-") + flavour);
        }
        boolean elrepo = this == DRBD && os.isLike("rhel", "centos") && !os.id().equals("fedora");
        return elrepo ? List.of("kmod-drbd9x") : List.of();
    }

    /** All packages that this may have installed, on any distribution. */
    public List<String> allPackages() {
        List<String> all = new ArrayList<>();
        Stream.of("debian", "suse", "fedora", "ol", "rhel")
                .map(id -> new OsRelease(id, List.of(), id))
                .forEach(os -> {
                    all.addAll(packages(os));
                    all.addAll(modulePackages(os, "0-default"));
                });
        return all.stream().distinct().toList();
    }
}
