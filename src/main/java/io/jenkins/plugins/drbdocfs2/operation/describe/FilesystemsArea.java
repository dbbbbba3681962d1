package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Format;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The filesystems on DRBD, and OCFS2 on other devices: ocfs2Format and filesystemFormat. */
final class FilesystemsArea {
    private static final Set<String> OTHERS = Set.of("xfs", "ext4");

    private final ClusterFacts facts;
    private final List<Remark> remarks = new ArrayList<>();
    private final List<DescribedStep> steps = new ArrayList<>();

    private FilesystemsArea(ClusterFacts facts) {
        this.facts = facts;
    }

    /** The stage for devices, with their mounts. */
    static Stage stage(List<String> devices, ClusterFacts facts) {
        FilesystemsArea area = new FilesystemsArea(facts);
        for (String device : devices) {
            area.add(device);
            MountsArea mounts = new MountsArea(device, facts);
            area.steps.addAll(mounts.steps());
            area.remarks.addAll(mounts.remarks());
        }
        return new Stage("Filesystems", area.remarks, area.steps);
    }

    private void add(String device) {
        Optional<NodeFacts> reader = facts.all().stream()
                .filter(node -> node.get(BlockDevice.probe(device)).readable())
                .findFirst();
        if (reader.isEmpty()) {
            remarks.add(new Remark(
                    null,
                    null,
                    "what is on " + device + " could not be read: no node has it that is Primary, if it is of DRBD"));
            return;
        }
        BlockDevice block = reader.get().get(BlockDevice.probe(device));
        String type = block.blkid().type() == null ? "" : block.blkid().type();
        if (type.equals("ocfs2")) {
            reader.get()
                    .get(Ocfs2Probes.volume(device))
                    .ifPresentOrElse(
                            volume -> steps.add(ocfs2(device, volume, reader.get())),
                            () -> remarks.add(Remark.on(
                                    reader.get().name(), "the OCFS2 filesystem on " + device + " could not be read")));
        } else if (OTHERS.contains(type)) {
            steps.add(other(device, type, block.blkid().label()));
        } else {
            String content = block.content();
            remarks.add(new Remark(
                    null,
                    null,
                    device + " holds " + (content.isEmpty() ? "nothing" : content + ", which no step makes")));
        }
    }

    private DescribedStep ocfs2(String device, Ocfs2Volume volume, NodeFacts node) {
        String label = volume.label().isEmpty() ? null : volume.label();
        String blockSize = new Size(volume.blockSize()).toString();
        String clusterSize = new Size(volume.clusterSize()).toString();
        String cluster = volume.cluster().isEmpty() || volume.cluster().equals(Ocfs2Facts.clusterOf(node))
                ? null
                : volume.cluster();
        Ocfs2Format operation = new Ocfs2Format(
                device, label, volume.slots(), blockSize, clusterSize, null, null, null, cluster, Overwrite.NOTHING);
        StepCall call = StepCall.of("ocfs2Format")
                .with("device", device)
                .with("label", label)
                .with("nodeSlots", volume.slots())
                .with("blockSize", blockSize)
                .with("clusterSize", clusterSize)
                .with("cluster", cluster);
        return step(call, operation, device);
    }

    private DescribedStep other(String device, String type, String label) {
        FilesystemFormat operation = new FilesystemFormat(device, type, label, Overwrite.NOTHING);
        StepCall call = StepCall.of("filesystemFormat")
                .with("device", device)
                .with("type", type)
                .with("label", label);
        return step(call, operation, device);
    }

    private DescribedStep step(StepCall call, Operation operation, String device) {
        List<String> nodes = facts.all().stream()
                .filter(node -> node.get(BlockDevice.probe(device)).isBlock())
                .map(NodeFacts::name)
                .toList();
        return DescribedStep.of(call, operation, nodes, facts);
    }
}
