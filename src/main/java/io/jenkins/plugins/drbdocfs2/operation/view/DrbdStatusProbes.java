package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.Set;
import java.util.TreeSet;

/** The probes for the whole state of DRBD on a node. */
public final class DrbdStatusProbes {
    /** Whether the fence-peer handler of this plugin is on the node; empty if it is not, or cannot be executed. */
    public static final Probe<Set<String>> HANDLER = SystemProbes.tools(PeerLossPolicy.HANDLER);

    /** The first probes; those for the names of the resources are missing. */
    public static final ProbeSet FIRST = ProbeSet.of(
            DrbdProbes.VERSION,
            DrbdProbes.STATE,
            StorageProbes.MOUNTS,
            BackingDisks.PROBE,
            FencingDevices.PROBE,
            LastFencing.PROBE,
            HANDLER,
            ResourceManagers.PROBE);

    private DrbdStatusProbes() {}

    /** All resources of any node, by their files and kernels. */
    public static Set<String> resources(ClusterFacts facts) {
        Set<String> names = new TreeSet<>();
        for (NodeFacts node : facts.all()) {
            names.addAll(DrbdFacts.running(node).keySet());
            node.get(DrbdDevices.PROBE).devices().forEach(device -> names.add(device.resource()));
        }
        return names;
    }

    /**
     * The next probes of a node for these resources. Reading the metadata takes as long as everything else, and adds nothing
     * for connected nodes.
     */
    public static ProbeSet more(NodeFacts node, ClusterFacts known, Set<String> resources) {
        ProbeSet more = ProbeSet.of();
        for (String name : resources) {
            if (!node.has(DrbdProbes.listed(name))) {
                more = more.and(DrbdProbes.listed(name));
            } else if (!node.has(metadataRead(name)) && new SplitBrainReport(name, known).needsMetadata()) {
                more = more.and(DrbdProbes.configured(name), metadataRead(name));
            }
        }
        return more;
    }

    private static Probe<Boolean> metadataRead(String name) {
        return new Probe<>("drbd metadata read " + name, "true", Probe.Reading::ok);
    }
}
