package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.MetadataSuperblock;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The node-ids of DRBD 9. Existing ids in the kernel, in a node's file or else in the metadata on its disks are kept, in
 * any order of the nodes in the Jenkinsfile; other nodes get the lowest free ones.
 *
 * @param resource the resource with its node-ids
 * @param conflicts the conflicts in words: nodes that disagree, or requested ids that differ from the existing ones
 */
record NodeIdAssignment(Resource resource, List<String> conflicts) {
    private static final int MAX_IDS = 32;

    /** @param explicit whether the ids are given, so that none are chosen here */
    static NodeIdAssignment of(Resource requested, boolean explicit, ClusterFacts facts) {
        Map<String, Integer> known = new LinkedHashMap<>();
        List<String> conflicts = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            found(node, requested.name()).forEach((name, id) -> {
                Integer before = known.putIfAbsent(name, id);
                if (before != null && !before.equals(id)) {
                    conflicts.add("the node " + name + " has the node-id " + before + " on one node and " + id + " on "
                            + node.name());
                }
            });
        }
        if (explicit) {
            for (Resource.Host host : requested.hosts()) {
                Integer id = known.get(host.node());
                if (id != null && id != host.nodeId()) {
                    conflicts.add("config gives the node " + host.node() + " the node-id " + host.nodeId()
                            + ", but it has " + id);
                }
            }
            return new NodeIdAssignment(requested, conflicts);
        }
        addFromMetadata(requested, facts, known);
        return new NodeIdAssignment(known.isEmpty() ? requested : with(requested, known), conflicts);
    }

    /** Refuses conflicting ids. */
    static void refuse(String node, String resource, String how, Refusals refusals) {
        refusals.add(
                Refusal.of(DrbdConfigurationRefusal.NODE_IDS_DIFFER)
                        .on(node)
                        .found("the node-ids of '" + resource + "' do not fit: " + how)
                        .wouldLose(
                                "DRBD 9 knows each node's part of the bitmap by its id: with another, changes would go to the wrong"
                                        + " node, or none")
                        .remedy(
                                "Write those ids into config that the resource has, or correct its file on the node that differs"));
    }

    // If no file has them, only metadata written by this resource's own nodes fit together: the same id on two of them
    // means metadata of other resources, which the step refuses.
    private static void addFromMetadata(Resource requested, ClusterFacts facts, Map<String, Integer> known) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            for (Resource.Volume volume : requested.volumes()) {
                Resource.Disk disk = volume.disks().get(node.name());
                if (disk != null && node.has(MetadataSuperblock.probe(disk))) {
                    node.get(MetadataSuperblock.probe(disk))
                            .flatMap(MetadataSuperblock::nodeId)
                            .filter(id -> id < MAX_IDS)
                            .ifPresent(id -> found.putIfAbsent(node.name(), id));
                }
            }
        }
        found.keySet().removeAll(known.keySet());
        Set<Integer> ids = new TreeSet<>(found.values());
        if (ids.size() == found.size() && ids.stream().noneMatch(known::containsValue)) {
            known.putAll(found);
        }
    }

    private static Map<String, Integer> found(NodeFacts node, String resource) {
        Map<String, Integer> found = new LinkedHashMap<>();
        if (!node.has(DrbdProbes.VERSION) || !DrbdFacts.is9(node)) {
            return found;
        }
        if (node.has(RunningOptions.probe(resource))) {
            node.get(RunningOptions.probe(resource))
                    .nodeIds()
                    .forEach((name, id) -> found.put(name.isEmpty() ? node.name() : name, id));
        }
        if (node.has(DrbdProbes.configured(resource))) {
            ConfiguredResource configured = DrbdFacts.configured(node, resource);
            if (configured.isConfigured()) {
                configured.resource().hosts().forEach(host -> found.putIfAbsent(host.node(), host.nodeId()));
            }
        }
        return found;
    }

    private static Resource with(Resource requested, Map<String, Integer> known) {
        Set<Integer> free = new TreeSet<>();
        for (int id = 0; id < MAX_IDS; id++) {
            free.add(id);
        }
        free.removeAll(known.values());
        List<Resource.Host> hosts = new ArrayList<>();
        for (Resource.Host host : requested.hosts()) {
            Integer id = known.get(host.node());
            if (id == null) {
                id = free.stream().findFirst().orElse(MAX_IDS - 1);
                free.remove(id);
            }
            hosts.add(new Resource.Host(host.node(), host.address(), host.port(), id));
        }
        return new Resource(
                requested.name(),
                hosts,
                requested.volumes(),
                requested.protocol(),
                requested.dualPrimary(),
                requested.options());
    }
}
