package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The backing disks and metadata devices of an existing resource on one node: checks that only DRBD uses them. */
public final class BackingDevices {
    private final NodeFacts node;
    private final String resource;
    private final boolean empty;

    private BackingDevices(NodeFacts node, String resource, boolean empty) {
        this.node = node;
        this.resource = resource;
        this.empty = empty;
    }

    /** The devices of a resource whose filesystem may be mounted: the step decides by the roles. */
    public static BackingDevices of(NodeFacts node, String resource) {
        return new BackingDevices(node, resource, false);
    }

    /** The devices of a resource without data: the content of its disks must not be mounted on any node. */
    public static BackingDevices ofEmpty(NodeFacts node, String resource) {
        return new BackingDevices(node, resource, true);
    }

    /** The probes for them, once they are known. */
    public static ProbeSet probes(String node, ClusterFacts known, String resource) {
        NodeFacts facts = known.node(node);
        if (facts == null) {
            return ProbeSet.of();
        }
        List<String> paths = of(facts, resource).paths();
        return paths.isEmpty() ? ProbeSet.of() : UsableDeviceCheck.probes(paths).missingIn(facts);
    }

    /** The additional probes for the devices of a resource without data. */
    public static ProbeSet probesOfEmpty(String node, ClusterFacts known, String resource) {
        ProbeSet first = probes(node, known, resource);
        NodeFacts facts = known.node(node);
        return facts == null || !first.isEmpty()
                ? first
                : UsableDeviceCheck.probes(of(facts, resource).paths(), facts);
    }

    /** The paths of the disks and metadata devices. */
    public List<String> paths() {
        return devices().stream().map(Device::path).toList();
    }

    /** @param index the slot of a shared metadata device, or null */
    private record Device(String path, Integer index) {}

    private List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        disks().forEach(disk -> {
            devices.add(new Device(disk.device(), null));
            if (!disk.metaDisk().isInternal()) {
                devices.add(new Device(disk.metaDisk().device(), disk.metaDisk().index()));
            }
        });
        return devices;
    }

    private List<Resource.Disk> disks() {
        return DrbdFacts.configured(node, resource).volumes().stream()
                .map(volume -> volume.disks().get(node.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    private UsableDeviceCheck checks(Device device) {
        UsableDeviceCheck checks =
                UsableDeviceCheck.of(node, device.path()).ofResource(resource).slot(device.index());
        return empty ? checks : checks.sharedFilesystem();
    }

    // In a dry run they may not exist yet.
    private boolean isThere(String path) {
        return node.has(BlockDevice.probe(path))
                && node.get(BlockDevice.probe(path)).isBlock();
    }

    /** Refuses if anything except DRBD uses a device. */
    public void checkUnused(String loss, Refusals refusals) {
        devices().stream().filter(device -> isThere(device.path())).forEach(device -> checks(device)
                .checkUnused(loss, "Stop what uses it besides DRBD first; no parameter allows this", refusals));
    }

    /** Refuses if a disk holds content that overwrite does not name, except DRBD's metadata. */
    public void checkContent(Overwrite overwrite, String loss, Refusals refusals) {
        for (Resource.Disk disk : disks()) {
            BlockDevice device = isThere(disk.device()) ? node.get(BlockDevice.probe(disk.device())) : null;
            String content = device == null ? "" : device.contentBesidesDrbd();
            if (content.isEmpty() || device.readable() && overwrite.allows(content)) {
                continue;
            }
            boolean unknown = content.equals(BlockDevice.UNKNOWN_DATA) && device.dataAt() >= 0;
            refusals.add(Overwrite.refusal(content, device.readable())
                    .on(node.name())
                    .found(disk.device() + ", a disk of '" + resource + "', holds " + content
                            + (unknown ? " (at byte " + device.dataAt() + ")" : ""))
                    .wouldLose(loss)
                    .remedy(
                            device.readable()
                                    ? "To confirm, set overwrite: \"" + content + "\""
                                    : "See `dmesg` there for why it cannot be read"));
        }
    }

    /** Shell lines that check the users of the devices again. */
    public String guard() {
        return devices().stream()
                .filter(device -> isThere(device.path()))
                .map(device -> checks(device).guardUse())
                .collect(Collectors.joining());
    }
}
