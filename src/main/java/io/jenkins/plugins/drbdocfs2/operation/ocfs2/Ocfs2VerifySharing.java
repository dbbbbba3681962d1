package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.MountPointRules;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ocfs2VerifySharing: all nodes write files at the same time, and each reads the files of all others. It removes these
 * files again.
 *
 * @param mountPoint the mount point of the filesystem on all nodes
 * @param rounds the number of rounds, 1 to 1000
 * @param writers the number of files that each node writes at the same time, 1 to 64
 * @param token makes the name of the directory unique for concurrent builds; letters and digits
 */
public record Ocfs2VerifySharing(String mountPoint, int rounds, int writers, String token) implements Operation {
    private static final Set<String> SHARED = Set.of("ocfs2", "gfs2");
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public Map<String, Object> subject() {
        return Map.of("mountPoint", mountPoint == null ? "" : mountPoint);
    }

    @Override
    public void check(List<Node> nodes) {
        MountPointRules.check("mountPoint", mountPoint);
        Check.range("rounds", rounds, 1, 1000);
        Check.range("writers", writers, 1, 64);
        Check.that(nodes.size() > 1, "nodes", nodes.size(), "be two or more: a single node shares nothing");
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        NodeFacts mine = known.node(of.name());
        if (mine == null) {
            return ProbeSet.of(StorageProbes.MOUNTS, MountDirectory.probe(mountPoint));
        }
        Mount mount = mounted(mine);
        Probe<BlockDevice> device = mount == null ? null : BlockDevice.probe(mount.source());
        return device == null || mine.has(device) ? ProbeSet.of() : ProbeSet.of(device);
    }

    private Mount mounted(NodeFacts node) {
        return MountDirectory.mounted(node, mountPoint)
                .filter(mount -> mount.source().startsWith("/dev/"))
                .orElse(null);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        String first = null;
        for (NodeFacts node : facts.all()) {
            Mount mount = mounted(node);
            if (mount == null || !SHARED.contains(mount.type())) {
                refusals.add(Refusal.of(Ocfs2Refusal.NOT_SHARED)
                        .on(node.name())
                        .found((mount == null ? "nothing that could be shared" : mount.type()) + " is mounted at "
                                + mountPoint)
                        .wouldLose("No other node can see what one node writes there")
                        .remedy("Mount an OCFS2 filesystem there on all nodes first (clusterMount)"));
                continue;
            }
            if (List.of(mount.options().split(",")).contains("ro")) {
                refusals.add(Refusal.of(MountRefusal.READ_ONLY)
                        .on(node.name())
                        .found(mountPoint + " is mounted read-only")
                        .remedy("See `dmesg` there: OCFS2 does that if it finds the filesystem damaged"));
            }
            String uuid = node.get(BlockDevice.probe(mount.source())).blkid().identity();
            if (uuid == null || first != null && !first.equals(uuid)) {
                refusals.add(Refusal.of(Ocfs2Refusal.OTHER_FILESYSTEM)
                        .on(node.name())
                        .found(mount.source() + " at " + mountPoint + " is "
                                + (uuid == null ? "a filesystem whose UUID cannot be read" : "the filesystem " + uuid)
                                + (first == null
                                        ? ""
                                        : ", not " + first + " as on "
                                                + facts.names().get(0)))
                        .wouldLose("Nodes that mount different filesystems share nothing")
                        .remedy("Mount the same one on all nodes"));
            }
            first = first == null ? uuid : first;
        }
        refusals.check();
        List<Change> changes = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            changes.add(command(node, facts.names()));
        }
        return new Plan.Builder()
                .changesNodes(false)
                .stage("write on all nodes at the same time, and read what the others wrote", changes)
                .build();
    }

    private Command command(NodeFacts node, List<String> names) {
        String directory = mountPoint + "/.ocfs2VerifySharing-" + token;
        String script = SharingScript.of(directory, node.name(), names, rounds, writers, PATIENCE_SECONDS);
        String shown = "share " + rounds + " rounds of " + writers + " files in " + directory;
        return Command.of(node.name(), "share", directory)
                .shown(shown, script)
                .timeout(Duration.ofSeconds(2L * PATIENCE_SECONDS * (rounds + 2)))
                .hint("Is the filesystem mounted and healthy on all nodes (ocfs2Status, `dmesg`)?");
    }

    @Override
    public void confirm(ClusterFacts after) {
        // The script has reported its result; the directory is gone.
    }

    @Override
    public Report report(Findings found) {
        return Report.ofNodes(found.facts(), node -> nodeReport(node, found.commands(node.name())))
                .and(sharedFiles());
    }

    private Map<String, Object> nodeReport(NodeFacts facts, List<Map<String, Object>> commands) {
        Map<String, Object> report = new LinkedHashMap<>();
        Mount mount = mounted(facts);
        report.put("device", mount == null ? "" : mount.source());
        if (!commands.isEmpty()) {
            String printed = String.valueOf(commands.get(0).get("stdout"));
            Latencies writes = Latencies.of(printed, "write ");
            Latencies reads = Latencies.of(printed, "read ");
            report.put("filesWritten", writes.count());
            report.put("filesRead", reads.count());
            report.put("writeMillis", writes.toMap());
            report.put("readMillis", reads.toMap());
        }
        return report;
    }

    private Map<String, Object> sharedFiles() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("rounds", rounds);
        report.put("writers", writers);
        return report;
    }
}
