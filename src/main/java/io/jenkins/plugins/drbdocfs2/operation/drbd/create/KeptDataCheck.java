package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;
import java.util.function.Function;

/** Checks that an existing resource keeps its data on at least one node when its disks or metadata change. */
final class KeptDataCheck {
    private KeptDataCheck() {}

    /**
     * Refuses if a volume has data and would start over on every node.
     *
     * @param wanted the requested resource of a node, with the existing metadata
     */
    static void check(
            String resource,
            List<NodeFacts> members,
            Function<NodeFacts, ConfiguredResource> wanted,
            Refusals refusals) {
        for (NodeFacts member : members) {
            ConfiguredResource before = DrbdFacts.configured(member, resource);
            if (!before.isConfigured() || !wanted.apply(member).isConfigured()) {
                continue;
            }
            for (Resource.Volume volume : before.resource().volumes()) {
                Resource.Disk disk = volume.disks().get(member.name());
                if (disk != null
                        && hasData(before, volume.number())
                        && members.stream()
                                .noneMatch(other -> keeps(
                                        DrbdFacts.configured(other, resource), wanted.apply(other), volume.number()))) {
                    refusals.add(Refusal.of(DrbdDiskRefusal.DISK_REPLACED)
                            .on(member.name())
                            .found("volume " + volume.number() + " of '" + resource + "' has data on " + disk.device()
                                    + " (metadata: " + disk.metaDisk()
                                    + "), and the request keeps these on no node")
                            .wouldLose(
                                    "The resource would start over without its data, with no trace of where they are")
                            .remedy("Leave disk and metaDisk as they are. To move to others, change them on one node "
                                    + "at a time"
                                    + " (nodeDisks), with drbdWaitSync after each; to start over, remove the "
                                    + "resource with"
                                    + " drbdRemoveResource first"));
                }
            }
        }
    }

    private static boolean keeps(ConfiguredResource before, ConfiguredResource after, int volume) {
        return hasData(before, volume)
                && before.metadata().get(volume).equals(after.metadata().get(volume));
    }

    private static boolean hasData(ConfiguredResource configured, int volume) {
        List<GenerationIds> generations = configured.metadata().getOrDefault(volume, List.of());
        return configured.isConfigured() && !generations.stream().allMatch(GenerationIds::justCreated);
    }
}
