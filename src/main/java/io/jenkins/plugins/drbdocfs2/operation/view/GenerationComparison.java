package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The relation of the data of two nodes, by the generation identifiers in their metadata. */
public final class GenerationComparison {
    private GenerationComparison() {}

    /**
     * Compares two nodes.
     *
     * @return by volume number; a volume that cannot be compared is missing
     */
    public static Map<Integer, Relation> relations(NodeFacts one, NodeFacts other, Resource resource) {
        Map<Integer, Relation> relations = new LinkedHashMap<>();
        for (Resource.Volume volume : comparable(one, other, resource)) {
            GenerationIds left = towards(one, other, resource, volume.number());
            GenerationIds right = towards(other, one, resource, volume.number());
            if (left != null && right != null) {
                relations.put(volume.number(), left.relationTo(right));
            }
        }
        return relations;
    }

    /** The volumes that have a disk on both nodes; the others have no metadata to compare. */
    public static List<Resource.Volume> comparable(NodeFacts one, NodeFacts other, Resource resource) {
        return resource.volumes().stream()
                .filter(volume ->
                        volume.disks().containsKey(one.name()) && volume.disks().containsKey(other.name()))
                .toList();
    }

    /** Whether two nodes' data have split, on any volume. */
    public static boolean split(NodeFacts one, NodeFacts other, Resource resource) {
        return relations(one, other, resource).containsValue(Relation.SPLIT_BRAIN);
    }

    /** The nodes whose data have split, pair by pair, such as "sv1 and sv2". */
    public static List<String> splitPairs(List<NodeFacts> nodes, Resource resource) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (int k = i + 1; k < nodes.size(); k++) {
                if (split(nodes.get(i), nodes.get(k), resource)) {
                    pairs.add(nodes.get(i).name() + " and " + nodes.get(k).name());
                }
            }
        }
        return pairs;
    }

    /**
     * The identifiers of a node towards a peer. DRBD 8.4 has one set; with DRBD 9 drbdadm get-gi prints one for each peer,
     * in the order of the file.
     */
    public static GenerationIds towards(NodeFacts node, NodeFacts peer, Resource resource, int volume) {
        List<GenerationIds> ids =
                DrbdFacts.configured(node, resource.name()).metadata().getOrDefault(volume, List.of());
        if (ids.size() == 1) {
            return ids.get(0);
        }
        List<String> peers = new ArrayList<>(
                resource.hosts().stream().map(Resource.Host::node).toList());
        peers.remove(node.name());
        int index = peers.indexOf(peer.name());
        return ids.size() == peers.size() && index >= 0 ? ids.get(index) : null;
    }

    /** Identifiers and flags in words, as {@code drbdadm get-gi} prints the former. */
    public static String words(GenerationIds ids) {
        StringBuilder text = new StringBuilder(String.format("%016X:%016X", ids.current(), ids.bitmap()));
        ids.history().forEach(id -> text.append(String.format(":%016X", id)));
        return text.toString();
    }
}
