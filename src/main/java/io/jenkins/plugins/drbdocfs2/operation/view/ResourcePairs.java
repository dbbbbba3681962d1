package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The connections of a resource, pair of nodes by pair of nodes. */
public final class ResourcePairs {
    private ResourcePairs() {}

    /**
     * The connections as each node reports them.
     *
     * @return by the names of both nodes, in the order of the nodes: the connection by the name of the node that reports it;
     *     one of them is missing if the node was not probed, or does not have the connection
     */
    public static Map<List<String>, Map<String, ConnectionStatus>> of(ClusterFacts facts, String resource) {
        Map<List<String>, Map<String, ConnectionStatus>> pairs = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            for (ConnectionStatus peer : state == null
                    ? List.<ConnectionStatus>of()
                    : state.connections().values()) {
                String name = DrbdFacts.peerName(node, resource, peer);
                List<String> known = List.of(name, node.name());
                List<String> nodes = pairs.containsKey(known) ? known : List.of(node.name(), name);
                pairs.computeIfAbsent(nodes, key -> new LinkedHashMap<>()).put(node.name(), peer);
            }
        }
        return pairs;
    }
}
