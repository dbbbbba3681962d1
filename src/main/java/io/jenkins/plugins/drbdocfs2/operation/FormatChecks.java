package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.Inquiry;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to hold before a device is formatted, whatever with.
 *
 * @param device the path of the device
 * @param overwrite what the user says is on it and may be lost
 */
record FormatChecks(String device, Overwrite overwrite) {
    /** What to ask every node. */
    Inquiry inquiry() {
        return Inquiry.of(
                BlockDevice.probe(device),
                StorageProbes.MOUNTS,
                DrbdProbes.STATE,
                DrbdDevices.PROBE,
                Ocfs2Probes.STATE,
                Ocfs2Probes.volume(device),
                UnfinishedFilesystem.probe(device));
    }

    /** The device on a node. */
    BlockDevice on(NodeFacts node) {
        return node.get(BlockDevice.probe(device));
    }

    /** What DRBD makes of the device on a node. */
    Optional<DrbdVolumeFact> drbd(NodeFacts node) {
        return DrbdVolumeFact.of(node, on(node));
    }

    /**
     * Whether a filesystem is on it whose making was cut off, so that nothing can be lost with it. What was cut off can also
     * lie below another filesystem, which may hold files: then it does not count.
     */
    boolean isUnfinished(NodeFacts node) {
        BlockDevice block = on(node);
        String type = block.blkid().type();
        return node.get(UnfinishedFilesystem.probe(device))
                && type != null
                && UnfinishedFilesystem.TYPES.contains(type)
                && block.signatures().stream().allMatch(signature -> signature.split(" ", 2)[0].equals(type));
    }

    /** Tells that such a filesystem is made anew. */
    void noteUnfinished(NodeFacts node, Plan.Builder plan) {
        if (isUnfinished(node)) {
            plan.note(node.name() + ": " + device + " holds " + on(node).content()
                    + ", whose making was cut off: it cannot be mounted, and never was; it is made anew");
        }
    }

    /** Whether it is in a dry run that the device will be there, brought by a step before. */
    boolean isToCome(NodeFacts node) {
        return on(node).kind() == BlockDevice.Kind.ABSENT
                && drbd(node).filter(volume -> volume.state() != null).isPresent();
    }

    /** Tells in a dry run that what is on the device can be seen only later, and whether that is so. */
    boolean noteUnseen(NodeFacts node, Plan.Builder plan) {
        if (on(node).isUnseen()) {
            plan.note(
                    node.name() + ": what " + device + " holds can be read only when its resource is Primary there, so"
                            + " this dry run cannot tell whether it would be formatted. Nothing that it holds would be overwritten"
                            + " unless overwrite names it");
        }
        return on(node).isUnseen();
    }

    /** Where the device is mounted on a node. */
    List<Mount> mounts(NodeFacts node) {
        return node.get(StorageProbes.MOUNTS).ofDevice(on(node).number());
    }

    /**
     * The node to format on: the first that can write to the device.
     *
     * @throws RefusedException if there is none
     */
    NodeFacts formattingNode(ClusterFacts facts) throws RefusedException {
        List<NodeFacts> usable = new ArrayList<>();
        Refusals refusals = new Refusals();
        for (NodeFacts node : facts.all()) {
            String why = whyUnusable(node);
            if (why == null) {
                usable.add(node);
            } else {
                refusals.add(node.name(), why, null, remedy(node));
            }
        }
        if (usable.isEmpty()) {
            refusals.check();
        }
        return usable.get(0);
    }

    private String whyUnusable(NodeFacts node) {
        BlockDevice block = on(node);
        Optional<DrbdVolumeFact> drbd = drbd(node);
        if (drbd.isPresent()) {
            boolean ready = drbd.get().isPrimary() && drbd.get().isUpToDate();
            String is = "'" + drbd.get().resource() + "', which " + device + " belongs to, is "
                    + drbd.get().words() + " there";
            return ready ? null : is;
        }
        return switch (block.kind()) {
            case ABSENT -> "there is no device " + device;
            case OTHER -> device + " is no block device";
            case SUSPENDED -> SuspendedChecks.finding(block);
            case BLOCK, UNSEEN -> null;
        };
    }

    private String remedy(NodeFacts node) {
        return drbd(node).isPresent()
                ? "A filesystem is made on a node that is Primary and UpToDate: run drbdPromote (and drbdWaitSync) first"
                : "Correct the name, or create the device first (drbdCreateResource, lvmCreateVolume)";
    }

    /** Refuses where the device is in use on any node, or is a disk of a DRBD resource. */
    private void checkFree(ClusterFacts facts, Refusals refusals) {
        for (NodeFacts node : facts.all()) {
            BlockDevice block = on(node);
            mounts(node)
                    .forEach(mount -> refusals.add(
                            node.name(),
                            device + " is mounted at " + mount.mountPoint(),
                            "All files on it would be lost under those who use them",
                            "Unmount it first (clusterUnmount); no parameter allows this"));
            if (!block.users().isEmpty()) {
                refusals.add(
                        node.name(),
                        device + " is in use by " + String.join(", ", block.users()),
                        "What these hold would be lost",
                        "Take the device out of there first; no parameter allows this");
            }
            checkDrbd(node, block, refusals);
        }
    }

    private void checkDrbd(NodeFacts node, BlockDevice block, Refusals refusals) {
        DrbdVolumeFact.checkKnown(node, device, refusals);
        checkNoStrangers(node, refusals);
        node.get(DrbdDevices.PROBE)
                .below(device, block.realPath())
                .ifPresent(resource -> refusals.add(
                        node.name(),
                        device + " is a disk of the DRBD resource '" + resource + "'",
                        "To format it below DRBD destroys the resource's metadata and data",
                        "Format the resource's own device, such as /dev/drbd0; no parameter allows this"));
    }

    // What runs without being configured has disks that only its configuration told.
    private void checkNoStrangers(NodeFacts node, Refusals refusals) {
        Set<String> strangers = new LinkedHashSet<>(
                node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources().keySet());
        node.get(DrbdDevices.PROBE).devices().forEach(known -> strangers.remove(known.resource()));
        if (drbd(node).isEmpty() && !strangers.isEmpty()) {
            refusals.add(
                    node.name(),
                    "DRBD runs " + String.join(", ", strangers) + " there, which its configuration does not have, so"
                            + " whether " + device + " is a disk of it is not known",
                    "The data of a resource could be lost",
                    "Put its file back, or take it down with drbdRemoveResource");
        }
    }

    /** Refuses where OCFS2's own records say that a node has the volume mounted. */
    private void checkMountedByNobody(NodeFacts node, Refusals refusals) {
        List<String> users = node.get(Ocfs2Probes.volume(device))
                .flatMap(volume -> Ocfs2Facts.mountedBy(node, volume))
                .orElse(null);
        if (users == null && on(node).content().contains("ocfs2") && !isUnfinished(node)) {
            refusals.add(
                    node.name(),
                    "there is an OCFS2 filesystem on " + device
                            + ", and `debugfs.ocfs2 -R slotmap` does not tell who has it mounted",
                    "All files on it would be lost under those who use them",
                    "See what it says on the node; it is in the package ocfs2-tools");
        }
        if (users == null || users.isEmpty()) {
            return;
        }
        refusals.add(
                node.name(),
                "the OCFS2 filesystem on " + device + " says that it is mounted by " + String.join(", ", users),
                "All files on it would be lost under those who use them",
                "Unmount it there first. A node that crashed is told too, until the filesystem is mounted and unmounted"
                        + " once more (or checked with fsck.ocfs2)");
    }

    /** Whether the user said of just what is on the device that it may be lost. */
    boolean isStated(NodeFacts node) {
        return overwrite.allows(on(node).content());
    }

    /** All checks of the device; what is on it is told only where nothing else keeps it from being overwritten. */
    void checkAll(ClusterFacts facts, NodeFacts node, Refusals refusals) {
        Refusals use = new Refusals();
        checkFree(facts, use);
        checkMountedByNobody(node, use);
        ApartChecks.check(
                facts.all().stream().flatMap(one -> drbd(one).stream()).toList(), use);
        if (!use.any()) {
            checkContent(node, use);
        }
        refusals.addAll(use);
    }

    /** Refuses where there is something on the device that was not said to be lost. */
    private void checkContent(NodeFacts node, Refusals refusals) {
        BlockDevice block = on(node);
        String content = isToCome(node) ? "" : block.content();
        boolean readable = block.readable() || isToCome(node);
        if (content.isEmpty() || isUnfinished(node) || readable && overwrite.allows(content)) {
            return;
        }
        refusals.add(
                node.name(),
                device + " holds " + content
                        + (overwrite.contents().isEmpty() ? "" : ", which is not what overwrite names"),
                "It would be lost",
                readable
                        ? "If that is meant, set overwrite: " + groovy(content)
                        : "See `dmesg` there for why it cannot be read; no parameter allows this");
    }

    private static String groovy(String text) {
        return text.contains("'") ? '"' + text + '"' : "'" + text + "'";
    }

    /**
     * Lines of shell that end with an exit code other than 0 unless the device still holds what was looked at and is
     * mounted nowhere on the node.
     */
    String guard(NodeFacts node) {
        return on(node).lookAgain();
    }
}
