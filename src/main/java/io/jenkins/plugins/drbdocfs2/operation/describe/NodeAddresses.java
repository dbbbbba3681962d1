package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The replication addresses that the nodes have in their files: of the O2CB cluster, which cannot have any other than that
 * of withClusterNodes, else of the first DRBD resource.
 */
final class NodeAddresses {
    private NodeAddresses() {}

    /** The facts of the nodes with these addresses. */
    static ClusterFacts apply(ClusterFacts facts, Collection<String> resources) {
        return new ClusterFacts(facts.all().stream()
                .map(node -> node.of(withAddress(node.node(), facts, resources)))
                .toList());
    }

    private static Node withAddress(Node node, ClusterFacts facts, Collection<String> resources) {
        Optional<String> address = facts.all().stream()
                .flatMap(other -> Stream.concat(
                        ofCluster(other, node), resources.stream().flatMap(name -> ofResource(other, name, node))))
                .findFirst();
        return address.map(found -> new Node(node.name(), node.host(), node.port(), found))
                .orElse(node);
    }

    private static Stream<String> ofCluster(NodeFacts facts, Node node) {
        return O2cbArea.cluster(facts).stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .filter(member -> Ocfs2Rules.isNodeName(member.name(), node.name()))
                .map(O2cbNode::address);
    }

    private static Stream<String> ofResource(NodeFacts facts, String name, Node node) {
        ConfiguredResource configured = facts.get(DrbdProbes.configured(name));
        return configured.hosts().stream()
                .filter(host -> host.node().equals(node.name()))
                .map(Resource.Host::address);
    }
}
