package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Module;
import io.jenkins.plugins.drbdocfs2.operation.refusal.PackageRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.PackageNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The common part of {@link DrbdInstall} and {@link Ocfs2Install}: packages and kernel modules, now and at boot. */
record PackageInstall(PackageNames packageNames, List<String> packages) {
    PackageInstall {
        packages = List.copyOf(packages);
    }

    void check() {
        PackageCommands.checkNames(packages);
    }

    ProbeSet probes(NodeFacts known) {
        if (known == null) {
            return ProbeSet.of(
                            OsRelease.PROBE,
                            PackageProbes.MANAGER,
                            installed(),
                            tools(),
                            PackageProbes.MODULE_TREE,
                            PackageProbes.MODULES_AT_BOOT,
                            bootFile())
                    .and(packageNames.modules().stream()
                            .map(SystemProbes::module)
                            .toList());
        }
        List<String> missing = missingPackages(known);
        boolean needed = !missing.isEmpty()
                && known.get(PackageProbes.MANAGER) == PackageProbes.Manager.APT
                && !known.has(PackageProbes.known(missing));
        return needed ? ProbeSet.of(PackageProbes.known(missing)) : ProbeSet.of();
    }

    Plan.Builder plan(ClusterFacts facts, Refusals refusals) {
        List<Change> installs = new ArrayList<>();
        List<Change> loads = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            refuse(node, refusals);
            installs.addAll(PackageCommands.install(node, missingPackages(node)));
            List<String> modules = modules(node, module -> module != Module.LOADED);
            if (!modules.isEmpty()) {
                loads.add(Command.shell(node.name(), "modprobe -a " + String.join(" ", modules))
                        .hint("The kernel running there is "
                                + node.get(NodeIdentity.PROBE).kernel()
                                + "; `dmesg` may say why it does not take the module"
                                + " (Secure Boot, another version of a module it needs)."));
            }
            bootModules(node, loads);
        }
        return new Plan.Builder()
                .stage("install packages", installs)
                .stage("load kernel modules, now and at boot", loads);
    }

    private void refuse(NodeFacts node, Refusals refusals) {
        if (node.get(installed()).isEmpty()) {
            refusals.add(Refusal.of(PackageRefusal.UNKNOWN)
                    .on(node.name())
                    .found("which packages are installed there is not known: its package manager does not report"
                            + node.diagnostics(installed()))
                    .remedy("Repair it first; `dpkg-query -W` or `rpm -qa` on the node says what is wrong"));
            return;
        }
        OsRelease os = node.get(OsRelease.PROBE);
        if (!hasTools(node) && wantedPackages(node).isEmpty()) {
            refusals.add(Refusal.of(PackageRefusal.UNKNOWN_DISTRIBUTION)
                    .on(node.name())
                    .found("it runs " + os.name()
                            + ", and what the packages are called there is not known to this step")
                    .remedy("Name them with packages, or install them before"));
        } else if (!missingPackages(node).isEmpty() && node.get(PackageProbes.MANAGER) == PackageProbes.Manager.NONE) {
            refusals.add(Refusal.of(PackageRefusal.NO_MANAGER)
                    .on(node.name())
                    .found(String.join(", ", missingPackages(node))
                            + " must be installed, but there is no apt-get, dnf or zypper")
                    .remedy("Install it before"));
        }
        List<String> absent = modules(node, module -> module == Module.MISSING);
        // packages in the parameter may provide the module
        List<String> bringing = packages.isEmpty() ? missingModulePackages(node) : packages;
        boolean installable = missingPackages(node).stream().anyMatch(bringing::contains);
        if (!absent.isEmpty() && !installable) {
            String kernel = node.get(NodeIdentity.PROBE).kernel();
            boolean tree = node.get(PackageProbes.MODULE_TREE);
            refusals.add(Refusal.of(PackageRefusal.NO_MODULE)
                    .on(node.name())
                    .found("the running kernel " + kernel + " has no module " + String.join(", ", absent)
                            + (tree ? "" : "; all of its modules are gone from /lib/modules"))
                    .remedy(
                            tree
                                    ? "Boot a kernel that has it" + otherKernel(kernel)
                                            + ", or name the package that brings it with packages"
                                    : "An upgrade has replaced it: boot the installed kernel"));
        }
    }

    // Debian 12: drbd.ko is in linux-image-*-cloud-amd64, ocfs2.ko is not
    private static String otherKernel(String kernel) {
        return kernel.contains("-cloud-")
                ? " (Debian's linux-image-amd64 has DRBD and OCFS2; its cloud kernel has no OCFS2)"
                : "";
    }

    private void bootModules(NodeFacts node, List<Change> changes) {
        Set<String> at = node.get(PackageProbes.MODULES_AT_BOOT);
        List<String> missing = packageNames.modules().stream()
                .filter(module -> !at.contains(module))
                .toList();
        if (!missing.isEmpty()) {
            FileFact file = node.get(bootFile());
            String before =
                    file.exists() && !file.text().isEmpty() && !file.text().endsWith("\n")
                            ? file.text() + "\n"
                            : file.text();
            changes.add(new PutFile(
                    node.name(), bootPath(), file.textOrNull(), before + String.join("\n", missing) + "\n", "0644"));
        }
    }

    /** Checks whether the tools are installed now. */
    void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            if (!hasTools(node)) {
                throw new StepFailure("on " + node.name() + ", not all of " + String.join(", ", packageNames.tools())
                        + " are there after installing " + String.join(", ", wantedPackages(node))
                        + ". Are they in another package, or in a directory that is not in the PATH of a non-interactive"
                        + " login?");
            }
        }
    }

    /** The versions of the packages by name, for the result. */
    Map<String, Object> installedPackages(NodeFacts node) {
        return new LinkedHashMap<>(node.get(installed()).orElse(Map.of()));
    }

    /** The facts as they would be after the installation. */
    NodeFacts simulate(NodeFacts facts) {
        NodeFacts simulated = facts;
        for (String module : packageNames.modules()) {
            simulated = simulated.change(SystemProbes.module(module), old -> Module.LOADED);
        }
        Set<String> tools = new LinkedHashSet<>(packageNames.tools());
        return simulated
                .<Set<String>>changeAll("tools ", (names, found) -> plus(found, names, tools))
                .change(
                        PackageProbes.MODULES_AT_BOOT,
                        found -> plus(found, null, new LinkedHashSet<>(packageNames.modules())));
    }

    private static Set<String> plus(Set<String> found, String names, Set<String> more) {
        Set<String> all = new LinkedHashSet<>(found);
        more.stream()
                .filter(word -> names == null || Arrays.asList(names.split(" ")).contains(word))
                .forEach(all::add);
        return all;
    }

    private boolean hasTools(NodeFacts node) {
        return node.get(tools()).containsAll(packageNames.tools());
    }

    /** The required packages: those named by the user, or those of the distribution if the tools are missing. */
    private List<String> wantedPackages(NodeFacts node) {
        return packages.isEmpty() ? packageNames.packages(node.get(OsRelease.PROBE)) : packages;
    }

    private List<String> missingPackages(NodeFacts node) {
        Map<String, String> installed = node.get(installed()).orElse(Map.of());
        List<String> wanted = new ArrayList<>(packages.isEmpty() && hasTools(node) ? List.of() : wantedPackages(node));
        if (!node.get(tools()).contains("modprobe")) {
            wanted.add("kmod");
        }
        if (packages.isEmpty()) {
            wanted.addAll(missingModulePackages(node));
        }
        return wanted.stream()
                .filter(name -> !installed.containsKey(name))
                .distinct()
                .toList();
    }

    private List<String> missingModulePackages(NodeFacts node) {
        return modules(node, module -> module == Module.MISSING).isEmpty() || !node.get(PackageProbes.MODULE_TREE)
                ? List.of()
                : packageNames.modulePackages(
                        node.get(OsRelease.PROBE), node.get(NodeIdentity.PROBE).kernel());
    }

    private List<String> modules(NodeFacts node, Predicate<Module> state) {
        return packageNames.modules().stream()
                .filter(module -> state.test(node.get(SystemProbes.module(module))))
                .toList();
    }

    private Probe<Optional<Map<String, String>>> installed() {
        return PackageProbes.installed(Stream.of(packages, packageNames.allPackages(), List.of("kmod"))
                .flatMap(List::stream)
                .distinct()
                .toList());
    }

    private Probe<Set<String>> tools() {
        return SystemProbes.tools(Stream.concat(packageNames.tools().stream(), Stream.of("modprobe", "systemctl"))
                .toArray(String[]::new));
    }

    /** Whether the node runs systemd. */
    boolean hasSystemd(NodeFacts node) {
        return node.get(tools()).contains("systemctl");
    }

    private String bootPath() {
        return "/etc/modules-load.d/drbd-ocfs2-steps-" + packageNames.modules().get(0) + ".conf";
    }

    private Probe<FileFact> bootFile() {
        return SystemProbes.file(bootPath());
    }
}
