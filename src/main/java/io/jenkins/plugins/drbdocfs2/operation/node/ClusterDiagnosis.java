package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.engine.IdentityCheck;
import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes.Reach;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Module;
import io.jenkins.plugins.drbdocfs2.operation.refusal.CheckRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.PackageRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.PackageNames;
import io.jenkins.plugins.drbdocfs2.operation.view.PeerLossReport;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The evaluation of the facts of {@link ClusterCheck}. */
public final class ClusterDiagnosis {
    private static final double WARNING_SECONDS = 1;
    private static final double FAULT_SECONDS = 30;

    private final ClusterCheck check;
    private final ClusterFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    /** An evaluation of facts with these probes; nodes between which the network was not probed are not compared. */
    public ClusterDiagnosis(ClusterCheck check, ClusterFacts facts) {
        this.check = check;
        this.facts = facts;
    }

    /** The severity of a finding. */
    public enum Level {
        /** The cluster cannot work in this state. */
        FAULT,
        /** It works, but with a disadvantage. */
        WARNING,
        /** For information. */
        NOTE
    }

    /** A finding: texts without full stops; the remedy may be null, and the kind is null unless it can be a fault. */
    public record Finding(String node, Level level, RefusalKind kind, String text, String remedy) {
        String line() {
            return node + ": " + text + (remedy == null ? "" : ". " + remedy);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("level", level.name().toLowerCase(Locale.ROOT));
            map.put("finding", text);
            if (remedy != null) {
                map.put("remedy", remedy);
            }
            return map;
        }
    }

    /** All findings, in the order of the nodes. */
    public List<Finding> all() {
        List<NodeFacts> answered = facts.all().stream()
                .filter(node -> ProbeOutcome.failureOf(node) == null)
                .toList();
        for (NodeFacts node : facts.all()) {
            if (!answered.contains(node)) {
                fault(
                        node,
                        CheckRefusal.UNREACHABLE,
                        ProbeOutcome.failureOf(node).replaceFirst("[.\\s]+$", ""),
                        null);
                continue;
            }
            IdentityCheck.faults(node).forEach(wrong -> fault(node, wrong.kind(), wrong.finding(), wrong.remedy()));
            modules(node);
            tools(node);
            address(node);
            peerLoss(node);
        }
        for (NodeFacts node : answered) {
            answered.stream()
                    .filter(peer -> peer != node && hasGoodAddress(peer))
                    .forEach(peer -> ports(node, peer.node()));
        }
        clocks(answered);
        return findings;
    }

    // A cluster of DRBD and XFS works without OCFS2's module; installed tools mean that it is needed.
    private void modules(NodeFacts node) {
        for (String module : ClusterCheck.MODULES) {
            if (node.get(SystemProbes.module(module)) != Module.MISSING) {
                continue;
            }
            NodeIdentity identity = node.get(NodeIdentity.PROBE);
            String text = "its kernel " + identity.kernel() + " has no module " + module;
            PackageNames packageNames = module.equals("drbd") ? PackageNames.DRBD : PackageNames.OCFS2;
            List<String> packages = packageNames.modulePackages(node.get(OsRelease.PROBE), identity.kernel());
            if (!packages.isEmpty()) {
                note(
                        node,
                        text + " yet",
                        packageNames.step() + " installs " + String.join(" ", packages) + ", which should bring it");
            } else {
                boolean wanted =
                        module.equals("drbd") || node.get(ClusterCheck.TOOLS).contains("mkfs.ocfs2");
                add(
                        node,
                        wanted ? Level.FAULT : Level.WARNING,
                        PackageRefusal.NO_MODULE,
                        text,
                        "Boot a kernel that has it, or install the module");
            }
        }
    }

    private void peerLoss(NodeFacts node) {
        for (String resource : ClusterCheck.resources(node)) {
            PeerLossReport.waitsFor(node, resource)
                    .ifPresent(peers -> add(
                            node,
                            Level.WARNING,
                            null,
                            "the I/O of '" + resource + "' is suspended, and waits for " + peers,
                            "`drbdStatus` shows more"));
        }
        Optional<LastFencing> fencing = node.has(LastFencing.PROBE) ? node.get(LastFencing.PROBE) : Optional.empty();
        fencing.filter(last -> last.outcome().equals("failed"))
                .ifPresent(last -> add(
                        node,
                        Level.WARNING,
                        null,
                        "the last fencing of " + last.peer() + ", at " + last.time() + ", failed: " + last.text(),
                        "`clusterFenceNode` with `action: 'status'` asks its device"));
    }

    private void tools(NodeFacts node) {
        Set<String> tools = node.get(ClusterCheck.TOOLS);
        if (!tools.contains("drbdadm")) {
            note(node, "DRBD's tools are not installed yet", "drbdInstall does that");
        }
        if (!tools.contains("mkfs.ocfs2") || !tools.contains("o2cb")) {
            note(node, "OCFS2's tools are not installed yet", "ocfs2Install does that");
        }
        if (!tools.contains("lvcreate")) {
            note(node, "LVM is not installed", "lvmCreateVolume needs the package lvm2");
        }
    }

    private void address(NodeFacts node) {
        String address = node.node().address();
        Set<String> own = node.get(NetworkProbes.ADDRESSES);
        Optional<String> canonical = NetworkProbes.canonical(address);
        String remedy = "Set the node's address with `address` in the list of nodes";
        if (canonical.isEmpty()) {
            fault(
                    node,
                    CheckRefusal.BAD_ADDRESS,
                    "its replication address '" + address + "' is not an IP address, which DRBD needs",
                    remedy);
        } else if (facts.all().size() > 1 && isLoopback(canonical.get())) {
            fault(
                    node,
                    CheckRefusal.BAD_ADDRESS,
                    "its replication address " + address + " is not reachable from other nodes",
                    remedy);
        } else if (own.isEmpty()) {
            note(node, "whether " + address + " is one of its addresses is unknown", null);
        } else if (!own.contains(canonical.get())) {
            List<String> real = own.stream().filter(one -> !isLoopback(one)).toList();
            fault(
                    node,
                    CheckRefusal.BAD_ADDRESS,
                    "its replication address " + address + " is not one of its addresses (" + String.join(", ", real)
                            + ")",
                    remedy);
        }
        facts.all().stream()
                .takeWhile(other -> other != node)
                .filter(other -> other.node().address().equals(address))
                .findFirst()
                .ifPresent(other -> fault(
                        node,
                        CheckRefusal.BAD_ADDRESS,
                        "its replication address " + address + " is also that of " + other.name(),
                        remedy));
    }

    private boolean hasGoodAddress(NodeFacts node) {
        Set<String> own = node.get(NetworkProbes.ADDRESSES);
        return NetworkProbes.canonical(node.node().address())
                .filter(address -> !isLoopback(address) && (own.isEmpty() || own.contains(address)))
                .isPresent();
    }

    private static boolean isLoopback(String canonical) {
        return canonical.startsWith("127.") || canonical.equals("0:0:0:0:0:0:0:1");
    }

    private void ports(NodeFacts from, Node to) {
        Probe<Map<String, Reach>> probe = check.reach(
                from.node(), facts.all().stream().map(NodeFacts::node).toList());
        if (!from.has(probe)) {
            return; // a node was lost between the probes
        }
        Map<String, Reach> reached = from.get(probe);
        Map<Reach, List<String>> byReach = new EnumMap<>(Reach.class);
        for (int port : check.portNumbers()) {
            Reach reach = reached.getOrDefault(NetworkProbes.place(to.address(), port), Reach.UNKNOWN);
            byReach.computeIfAbsent(reach, r -> new ArrayList<>()).add(String.valueOf(port));
        }
        byReach.forEach((reach, ports) -> {
            String place = to.name() + " at " + to.address() + ", port " + String.join(", ", ports);
            if (reach == Reach.TIMEOUT || reach == Reach.NO_ROUTE) {
                fault(
                        from,
                        CheckRefusal.PEER_UNREACHABLE,
                        "it does not reach " + place
                                + (reach == Reach.TIMEOUT
                                        ? ": no answer in 4 s"
                                        : ": no route, or rejected on the way"),
                        "Look for a firewall between them, or a network that is down");
            } else if (reach == Reach.UNKNOWN) {
                note(
                        from,
                        "whether it reaches " + place
                                + " could not be tried: that takes bash with /dev/tcp, and timeout",
                        null);
            }
        });
    }

    private void clocks(List<NodeFacts> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeClock clock = NodeClock.of(nodes.get(i));
            if (clock == null) {
                add(nodes.get(i), Level.NOTE, CheckRefusal.CLOCK_DIFFERS, "its clock could not be read", null);
                continue;
            }
            for (NodeFacts other : nodes.subList(0, i)) {
                NodeClock before = NodeClock.of(other);
                double seconds = before == null ? 0 : clock.distance(before);
                if (seconds > WARNING_SECONDS) {
                    add(
                            nodes.get(i),
                            seconds > FAULT_SECONDS ? Level.FAULT : Level.WARNING,
                            CheckRefusal.CLOCK_DIFFERS,
                            String.format(
                                    Locale.ROOT, "its clock differs from that of %s by %.1f s", other.name(), seconds),
                            "Synchronise both with a time server");
                }
            }
        }
    }

    private void note(NodeFacts node, String text, String remedy) {
        add(node, Level.NOTE, null, text, remedy);
    }

    private void fault(NodeFacts node, RefusalKind kind, String text, String remedy) {
        add(node, Level.FAULT, kind, text, remedy);
    }

    private void add(NodeFacts node, Level level, RefusalKind kind, String text, String remedy) {
        findings.add(new Finding(node.name(), level, kind, text, remedy));
    }
}
