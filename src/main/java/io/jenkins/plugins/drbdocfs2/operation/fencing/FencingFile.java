package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The file with the fencing devices on a node, which the fence-peer handler reads. */
final class FencingFile {
    static final String PATH = FencingDevices.PATH;
    static final String MODE = "0600";
    static final Probe<FileFact> PROBE = SystemProbes.file(PATH);
    static final Probe<FileFact> CLUSTER_CONF = SystemProbes.file(ClusterConf.PATH);

    private static final String HEAD =
            "# Written by clusterConfigureFencing of drbd-ocfs2-steps; edits are replaced.\n";

    private FencingFile() {}

    /** The nodes in the order in which they fence: by their numbers in o2cb's cluster, else as they are listed. */
    static List<String> order(ClusterFacts facts) {
        List<String> names = new ArrayList<>(facts.names());
        List<O2cbNode> numbers = facts.all().stream()
                .map(FencingFile::numbers)
                .filter(nodes -> !nodes.isEmpty())
                .findFirst()
                .orElse(List.of());
        names.sort(Comparator.comparingInt(name -> number(name, numbers)));
        return names;
    }

    private static List<O2cbNode> numbers(NodeFacts node) {
        try {
            return ClusterConf.parseAll(node.get(CLUSTER_CONF).text()).stream()
                    .flatMap(cluster -> cluster.nodes().stream())
                    .toList();
        } catch (TextFormatException e) {
            return List.of(); // ocfs2ConfigureCluster refuses it
        }
    }

    private static int number(String name, List<O2cbNode> numbers) {
        return numbers.stream()
                .filter(node -> Ocfs2Rules.isNodeName(node.name(), name))
                .mapToInt(O2cbNode::number)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /**
     * The text for a node.
     *
     * @param devices those of the other nodes
     */
    static String render(NodeFacts node, List<DeviceSpec> devices, FencingTimes times, int order) {
        StringBuilder text = new StringBuilder(HEAD)
                .append("wait=")
                .append(times.waitOf(order))
                .append("\nlimit=")
                .append(times.limit())
                .append('\n');
        for (DeviceSpec device : devices) {
            text.append('[')
                    .append(device.node())
                    .append("]\nagent=")
                    .append(device.agent())
                    .append('\n');
            device.lines(node.get(FenceAgent.probe(device.agent())))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** Whether a node has exactly this. */
    static boolean isIn(NodeFacts node, String text) {
        FileFact file = node.get(PROBE);
        return text.equals(file.textOrNull()) && MODE.endsWith(file.mode());
    }
}
