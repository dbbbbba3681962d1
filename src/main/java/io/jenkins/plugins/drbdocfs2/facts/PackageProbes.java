package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Probes of a node's packages and of the modules that it loads at boot. They never contact a package server. */
public final class PackageProbes {
    private static final String INSTALLED = ShellFile.read(PackageProbes.class, "installed-packages.sh");
    private static final String KNOWN = ShellFile.read(PackageProbes.class, "known-packages.sh");
    private static final String MODULE_VERSION = ShellFile.read(PackageProbes.class, "module-version.sh");

    private PackageProbes() {}

    /** A package manager. */
    public enum Manager {
        /** apt-get(8): Debian and its like. */
        APT,
        /** dnf(8): Fedora, Red Hat and compatible distributions. */
        DNF,
        /** zypper(8): SUSE. */
        ZYPPER,
        /** None of these. */
        NONE
    }

    /** Probes the package manager. */
    public static final Probe<Manager> MANAGER = Probe.tame(
                    "package manager",
                    ShellFile.read(PackageProbes.class, "package-manager.sh"),
                    PackageProbes::manager)
            .lasting(manager -> manager != Manager.NONE);

    /** Probes the versions of those of these packages that are installed; empty if neither dpkg nor rpm works. */
    public static Probe<Optional<Map<String, String>>> installed(Collection<String> names) {
        String[] sorted = names.stream().sorted().toArray(String[]::new);
        return Probe.tame(
                "installed " + Sh.command(sorted),
                ShellFile.with(INSTALLED, sorted),
                reading -> reading.ok() ? Optional.of(versions(reading)) : Optional.empty());
    }

    /** Probes which of these packages are in the current lists of apt-get; none without apt-get. */
    public static Probe<Set<String>> known(Collection<String> names) {
        String[] sorted = names.stream().sorted().toArray(String[]::new);
        return new Probe<>("known " + Sh.command(sorted), ShellFile.with(KNOWN, sorted), PackageProbes::lines);
    }

    /** Probes which kernel modules are loaded at boot: modules-load.d(5). */
    public static final Probe<Set<String>> MODULES_AT_BOOT = Probe.tame(
            "modules at boot",
            "sed -n 's/^[[:space:]]*\\([A-Za-z0-9_-]*\\).*/\\1/p' /etc/modules /etc/modules-load.d/*.conf"
                    + " /run/modules-load.d/*.conf /usr/lib/modules-load.d/*.conf /lib/modules-load.d/*.conf; true",
            PackageProbes::lines);

    /** Probes the version of a kernel module; empty if it has none. */
    public static Probe<String> moduleVersion(String name) {
        return Probe.tame("module version " + name, ShellFile.with(MODULE_VERSION, name), reading -> reading.text()
                .strip());
    }

    /** Probes whether the modules of the running kernel exist; an upgrade may have removed them. */
    public static final Probe<Boolean> MODULE_TREE = Probe.tame(
            "module tree",
            "read -r release < /proc/sys/kernel/osrelease; [ -e \"/lib/modules/$release/modules.dep\" ]",
            Reading::ok);

    private static Manager manager(Reading reading) {
        String word = reading.text().strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(Manager.values())
                .filter(manager -> manager.name().equals(word))
                .findFirst()
                .orElse(Manager.NONE);
    }

    private static Map<String, String> versions(Reading reading) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String line : lines(reading)) {
            // The last of several: rpm lists each installed version of a package
            String[] words = line.split(" ");
            if (words.length == 3 && words[0].equals("installed")) {
                versions.put(words[1], words[2]);
            }
        }
        return versions;
    }

    private static Set<String> lines(Reading reading) {
        return Arrays.stream(reading.text().split("\n"))
                .filter(line -> !line.isBlank())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
