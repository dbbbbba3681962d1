package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterCheck;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes.LvmFacts;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Missing devices and faulty volumes of LVM. vgs(8), pvs(8), lvs(8). */
final class LvmRule implements HealthRule {
    private static final int PARTIAL = 3;
    private static final int MISSING = 2;
    private static final int HEALTH = 8;
    private static final Map<Character, String> FAULTS = Map.of(
            'p', "lacks a device",
            'X', "is in an unknown state",
            'r', "needs a refresh",
            'm', "has mismatches",
            'D', "is out of data space",
            'F', "has failed",
            'M', "has read-only metadata");

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            LvmFacts lvm = node.get(StorageProbes.LVM);
            if (lvm.known()) {
                faults(lvm).forEach(fault -> problems.add(Problem.of(ProblemKind.VOLUME_FAULTY, node.name(), fault)));
            } else if (node.get(ClusterCheck.TOOLS).contains("lvcreate")
                    && node.get(SuspendedDrbdDevices.PROBE).minors().isEmpty()) {
                problems.add(Problem.of(
                        ProblemKind.UNREADABLE,
                        node.name(),
                        "LVM cannot be queried" + node.diagnostics(StorageProbes.LVM)));
            }
        }
        return problems;
    }

    private static List<String> faults(LvmFacts lvm) {
        List<String> faults = new ArrayList<>();
        lvm.groups().stream()
                .filter(group -> group.attributes().charAt(PARTIAL) == 'p')
                .forEach(group -> faults.add("the volume group " + group.name() + " lacks a physical volume"));
        lvm.physicalVolumes().stream()
                .filter(volume -> volume.attributes().charAt(MISSING) == 'm')
                .forEach(volume ->
                        faults.add("the physical volume " + volume.device() + " of " + volume.group() + " is missing"));
        lvm.volumes().stream()
                .filter(volume -> FAULTS.containsKey(volume.attributes().charAt(HEALTH)))
                .forEach(volume -> faults.add("the volume " + volume.path() + " "
                        + FAULTS.get(volume.attributes().charAt(HEALTH))));
        return faults;
    }
}
