package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers.Kind;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatRegion;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The users of a resource's devices on one node: mounts and others. */
public final class ResourceUse {
    private static final int DRBD_MAJOR = 147;

    private final List<MountInfo.Mount> mounts;
    private final List<String> holders = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> remedies = new ArrayList<>();

    private ResourceUse(List<MountInfo.Mount> mounts) {
        this.mounts = mounts;
    }

    /** The probes for {@link #of}. */
    public static ProbeSet probes() {
        return ProbeSet.of(StorageProbes.MOUNTS, DrbdDeviceUsers.PROBE, HeartbeatRegion.PROBE);
    }

    /** The users of a running resource; a resource that is down has none. */
    public static ResourceUse of(NodeFacts node, String resource) {
        ResourceState state = DrbdFacts.state(node, resource);
        List<DeviceState> devices =
                state == null ? List.of() : List.copyOf(state.volumes().values());
        Set<String> names = names(node, resource, devices);
        ResourceUse use = new ResourceUse(node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> names.contains(mount.device()) || names.contains(mount.source()))
                .toList());
        for (DeviceState device : devices) {
            use.addHeartbeat(node, device);
            use.add(node.get(DrbdDeviceUsers.PROBE), device);
        }
        if (!devices.isEmpty() && !node.get(DrbdDeviceUsers.PROBE).known()) {
            use.holders.add("it is not known what: it cannot be read there" + node.diagnostics(DrbdDeviceUsers.PROBE));
        }
        return use;
    }

    private static Set<String> names(NodeFacts node, String resource, List<DeviceState> devices) {
        Set<String> names = new LinkedHashSet<>();
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        for (DeviceState device : devices) {
            names.add(DRBD_MAJOR + ":" + device.minor());
            names.add("/dev/drbd" + device.minor());
            configured.volumes().stream()
                    .filter(volume -> volume.number() == device.volume())
                    .map(Resource.Volume::device)
                    .forEach(names::add);
        }
        return names;
    }

    // While OCFS2 is mounted, here or in another namespace, the heartbeat ends with the mount.
    private void addHeartbeat(NodeFacts node, DeviceState device) {
        String kernelName = "drbd" + device.minor();
        boolean mounted = mounts.stream()
                        .anyMatch(mount -> mount.device().equals(DRBD_MAJOR + ":" + device.minor())
                                || mount.source().equals("/dev/" + kernelName))
                || !node.get(DrbdDeviceUsers.PROBE)
                        .of(device.minor(), List.of(Kind.ELSEWHERE))
                        .isEmpty();
        List<HeartbeatRegion> regions = node.has(HeartbeatRegion.PROBE) ? node.get(HeartbeatRegion.PROBE) : List.of();
        for (HeartbeatRegion region : regions) {
            if (region.device().equals(kernelName) && region.isGlobal()) {
                holders.add("the global heartbeat of the OCFS2 cluster");
                remedies.add("Take the region off with `o2cb stop-heartbeat` and `o2cb remove-heartbeat` first");
            } else if (region.device().equals(kernelName) && !mounted) {
                holders.add(
                        "a heartbeat of OCFS2 that is left over from a second mount (region " + region.uuid() + ")");
                remedies.add(
                        "Free it there with `ocfs2_hb_ctl -K -d /dev/" + kernelName + " o2cb`, once for each reference"
                                + " that `ocfs2_hb_ctl -I -d /dev/" + kernelName + "` counts");
            }
        }
    }

    private void add(DrbdDeviceUsers use, DeviceState device) {
        holders.addAll(use.of(device.minor(), List.of(Kind.HOLDER, Kind.PROCESS, Kind.ELSEWHERE)));
        files.addAll(use.of(device.minor(), List.of(Kind.FILES)));
        if (Boolean.TRUE.equals(device.open()) && mounts.isEmpty() && holders.isEmpty()) {
            holders.add("something other than a process, such as an iSCSI target");
        }
    }

    /** The mounts, in the order of mounting. */
    public List<MountInfo.Mount> mounts() {
        return mounts;
    }

    /** The users that have the device itself open, in words, without mounts. */
    public List<String> holders() {
        return holders;
    }

    /** The processes that use files on the mounted filesystems, in words. */
    public List<String> files() {
        return files;
    }

    /** Whether nothing uses the devices. */
    public boolean isFree() {
        return mounts.isEmpty() && holders.isEmpty();
    }

    /** The mount points. */
    public List<String> mountPoints() {
        return mounts.stream().map(MountInfo.Mount::mountPoint).toList();
    }

    /** All users in words, as the end of a sentence; only if there are any. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (!mounts.isEmpty()) {
            words.add("mounted at " + String.join(" and ", mountPoints())
                    + (files.isEmpty() ? "" : " and used there by " + String.join(", ", files)));
        }
        if (!holders.isEmpty()) {
            words.add("held open by " + String.join(", ", holders));
        }
        return String.join(", and ", words);
    }

    /** The remedy that ends all uses. */
    public String remedy() {
        if (mounts.isEmpty() && !remedies.isEmpty() && remedies.size() == holders.size()) {
            return String.join(". ", remedies);
        }
        return mounts.isEmpty()
                ? "Close what holds it open first"
                : "Unmount it with clusterUnmount first" + (holders.isEmpty() ? "" : ", and close what holds it open");
    }
}
