package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSpace;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSpace.Usage;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.List;

/** Filesystems that are full, nearly full, or cannot be read. */
final class SpaceRule implements HealthRule {
    private static final int FULL = 98;
    private static final int NEARLY_FULL = 90;

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            for (Usage usage : node.get(FilesystemSpace.PROBE).filesystems()) {
                node.get(StorageProbes.MOUNTS).ofDevice(usage.device()).stream()
                        .findFirst()
                        .ifPresent(mount -> check(node, mount, usage, problems));
            }
        }
        return problems;
    }

    private static void check(NodeFacts node, Mount mount, Usage usage, List<Problem> problems) {
        String name = mount.mountPoint() + " (" + mount.type() + ", " + mount.source() + ")";
        if (!usage.known()) {
            problems.add(Problem.of(
                    ProblemKind.UNREADABLE,
                    node.name(),
                    "the space of " + name + " cannot be read" + node.diagnostics(FilesystemSpace.PROBE)));
            return;
        }
        boolean inodes = usage.usedInodesPercent() > usage.usedPercent();
        int percent = inodes ? usage.usedInodesPercent() : usage.usedPercent();
        if (percent >= NEARLY_FULL) {
            problems.add(Problem.of(
                    percent >= FULL ? ProblemKind.FULL : ProblemKind.NEARLY_FULL,
                    node.name(),
                    "of " + name + " " + percent + " % " + (inodes ? "of the inodes are" : "of the space is")
                            + " used"));
        }
    }
}
