package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2ConfigureCluster;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Large computations between probes and changes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParsersAndPlans {
    private static final int RESOURCES = 1000;
    private static final int NODES = 50;
    private static final String DEFAULTS = "/etc/default/o2cb";

    private String events;
    private ClusterFacts fresh;

    /** Creates the input of parsers and plans. */
    @Setup
    public void prepare() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < RESOURCES; i++) {
            String name = "name:r" + i;
            text.append("exists resource ").append(name).append(" role:Primary suspended:no write-ordering:flush\n");
            text.append("exists connection ")
                    .append(name)
                    .append(" peer-node-id:0 conn-name:peer connection:Connected role:Primary congested:no\n");
            text.append("exists device ")
                    .append(name)
                    .append(" volume:0 minor:")
                    .append(i)
                    .append(" disk:UpToDate size:12582492 read:39537 written:74493 al-writes:80 bm-writes:0"
                            + " upper-pending:0 lower-pending:0 al-suspended:no blocked:no\n");
            text.append("exists peer-device ")
                    .append(name)
                    .append(" peer-node-id:0 conn-name:peer volume:0 replication:Established peer-disk:UpToDate"
                            + " resync-suspended:no received:2880 sent:71612 out-of-sync:0 pending:0 unacked:0\n");
        }
        events = text.append("exists -\n").toString();
        List<NodeFacts> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(installed(new Node("node" + i, "node" + i, 22, "192.168.0." + (i + 1))));
        }
        fresh = new ClusterFacts(nodes);
    }

    private static NodeFacts installed(Node node) {
        return new NodeFacts(node, Map.of())
                .with(NodeIdentity.PROBE, new NodeIdentity(node.name(), 0, "6.1.0"))
                .with(Ocfs2Probes.STATE, O2cbState.OFFLINE)
                .with(Ocfs2Probes.DEFAULTS_PATH, DEFAULTS)
                .with(StorageProbes.PORTS, new ListeningPorts(List.of()))
                .with(SystemProbes.file(DEFAULTS), new FileFact(true, "O2CB_ENABLED=false\n", "644"))
                .with(SystemProbes.file(ClusterConf.PATH), FileFact.ABSENT)
                .with(SystemProbes.file(Ocfs2ConfigureCluster.SYSCTL_CONF), FileFact.ABSENT)
                .with(SystemProbes.SYSCTL_AT_BOOT, Map.of())
                .with(SystemProbes.sysctl("kernel.panic"), "0")
                .with(SystemProbes.sysctl("kernel.panic_on_oops"), "0")
                .with(SystemProbes.service("o2cb"), new Service("disabled", "active"))
                .with(SystemProbes.service("ocfs2"), new Service("enabled", "active"))
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(FencingDevices.PROBE, new FencingDevices(Set.of()))
                .with(Ocfs2Facts.O2CB_TOOLS, Set.of("o2cb", "systemctl", "sysctl"))
                .with(StorageProbes.MOUNTS, MountInfo.parse("25 1 98:0 / / rw,noatime shared:1 - ext4 /dev/sda1 rw\n"));
    }

    /** Parses the events2 output of a node with 1,000 resources. */
    @Benchmark
    public DrbdState events2OfThousandResources() throws Exception {
        return Events2.parse(events);
    }

    /** Plans an OCFS2 cluster on 50 nodes without one. */
    @Benchmark
    public Plan planOfFiftyNodes() throws Exception {
        return new Ocfs2ConfigureCluster("tclust", 7777, null, null, null, null, 30).plan(fresh);
    }
}
