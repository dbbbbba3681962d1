package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.operation.refusal.PackageRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The packages of fence agents. On Debian they only recommend some of the programs that they run. */
final class AgentPackages {
    private static final String DEBIAN = "fence-agents";
    private static final String RED_HAT = "fence-agents-all";
    private static final Map<String, String> PROGRAMS = Map.of(
            "fence_ipmilan", "ipmitool",
            "fence_ipmilanplus", "ipmitool",
            "fence_idrac", "ipmitool",
            "fence_ilo3", "ipmitool",
            "fence_ilo4", "ipmitool",
            "fence_ilo5", "ipmitool",
            "fence_imm", "ipmitool",
            "fence_virsh", "openssh-client",
            "fence_apc", "openssh-client",
            "fence_apc_snmp", "snmp");

    private AgentPackages() {}

    /** Probes which of all these packages are installed. */
    static Probe<Optional<Map<String, String>>> installed(ClusterConfigureFencing operation) {
        TreeSet<String> names = new TreeSet<>(operation.packages());
        names.addAll(List.of(DEBIAN, RED_HAT));
        names.addAll(PROGRAMS.values());
        return PackageProbes.installed(names);
    }

    /** The packages that a node lacks: those named by the user, or those of the agents that are missing. */
    static List<String> missing(ClusterConfigureFencing operation, NodeFacts node) {
        Map<String, String> installed = node.get(installed(operation)).orElse(Map.of());
        List<String> wanted = new ArrayList<>(operation.packages());
        if (wanted.isEmpty()) {
            for (DeviceSpec device : operation.devicesOn(node.name())) {
                if (!node.get(FenceAgent.probe(device.agent())).installed()) {
                    wanted.addAll(of(node.get(OsRelease.PROBE), device.agent()));
                }
            }
        }
        return wanted.stream()
                .filter(name -> !installed.containsKey(name))
                .distinct()
                .toList();
    }

    private static List<String> of(OsRelease os, String agent) {
        if (os.isLike("debian", "ubuntu")) {
            String program = PROGRAMS.get(agent);
            return program == null ? List.of(DEBIAN) : List.of(DEBIAN, program);
        }
        if (os.isLike("suse", "opensuse", "sles", "sle_hpc")) {
            return List.of(DEBIAN);
        }
        return os.isLike("fedora", "rhel", "centos", "ol") ? List.of(RED_HAT) : List.of();
    }

    /** Refuses what cannot be installed. */
    static void check(ClusterConfigureFencing operation, NodeFacts node, Refusals refusals) {
        List<String> agents = operation.devicesOn(node.name()).stream()
                .map(DeviceSpec::agent)
                .distinct()
                .filter(agent -> !node.get(FenceAgent.probe(agent)).installed())
                .toList();
        List<String> missing = missing(operation, node);
        if (node.get(installed(operation)).isEmpty() && !(agents.isEmpty() && missing.isEmpty())) {
            refusals.add(Refusal.of(PackageRefusal.UNKNOWN)
                    .on(node.name())
                    .found("which packages are installed there is not known: its package manager does not report"
                            + node.diagnostics(installed(operation)))
                    .remedy("Repair it first; `dpkg-query -W` or `rpm -qa` on the node says what is wrong"));
        } else if (!agents.isEmpty() && missing.isEmpty()) {
            refusals.add(Refusal.of(PackageRefusal.UNKNOWN_DISTRIBUTION)
                    .on(node.name())
                    .found("it runs " + node.get(OsRelease.PROBE).name() + ", has no " + String.join(", ", agents)
                            + ", and in which package to find it is not known to this step")
                    .remedy("Name it with packages, or install the agent before"));
        } else if (!missing.isEmpty() && node.get(PackageProbes.MANAGER) == PackageProbes.Manager.NONE) {
            refusals.add(Refusal.of(PackageRefusal.NO_MANAGER)
                    .on(node.name())
                    .found(String.join(", ", missing) + " must be installed, but there is no apt-get, dnf or zypper")
                    .remedy("Install it before"));
        }
    }
}
