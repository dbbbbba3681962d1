package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.storage.KernelLog;
import io.jenkins.plugins.drbdocfs2.storage.KernelLog.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Recent faults of disks and filesystems in the kernel log. */
final class KernelLogRule implements HealthRule {
    private static final long RECENT = Duration.ofHours(24).toSeconds();

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            KernelLog log = node.get(KernelLog.PROBE);
            if (!log.known()) {
                problems.add(Problem.of(
                        ProblemKind.UNREADABLE,
                        node.name(),
                        "the kernel log cannot be read" + node.diagnostics(KernelLog.PROBE)));
            }
            add(ProblemKind.DISK_ERRORS, node, log, Line::isOfDisk, problems);
            add(ProblemKind.FILESYSTEM_ERRORS, node, log, Line::isOfFilesystem, problems);
        }
        return problems;
    }

    private static void add(
            ProblemKind kind, NodeFacts node, KernelLog log, Predicate<Line> wanted, List<Problem> problems) {
        List<Line> recent = log.lines().stream()
                .filter(wanted)
                .filter(line -> line.isNewerThan(RECENT))
                .toList();
        if (!recent.isEmpty()) {
            Line last = recent.get(recent.size() - 1);
            String age = last.secondsAgo() == null ? "" : " (" + Durations.text(last.secondsAgo() * 1000) + " ago)";
            String number = recent.size() == 1 ? "" : ", the last of " + recent.size() + " such lines";
            problems.add(Problem.of(
                    kind, node.name(), "the kernel reports `" + last.text().strip() + "`" + age + number));
        }
    }
}
