package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The DRBD facts of a path on one node: whether it is a DRBD device, and the state of its resource.
 *
 * @param node the node's name
 * @param resource the resource's name
 * @param state the running resource, or null if it is down
 * @param volume the running volume, or null likewise
 * @param configured the configured volume, or null if unknown
 * @param known whether the running state is known
 */
public record DrbdDeviceFacts(
        String node,
        String resource,
        ResourceState state,
        DeviceState volume,
        DrbdDevices.Device configured,
        boolean known) {
    private static final Pattern BY_MINOR = Pattern.compile("/dev/drbd(\\d{1,7})");
    private static final Pattern BY_NUMBER = Pattern.compile("147:(\\d{1,7})");

    /** The DRBD facts of a path; empty if it is not a DRBD device. Needs STATE, DrbdDevices and BlockDevice. */
    public static Optional<DrbdDeviceFacts> of(NodeFacts node, BlockDevice device) {
        return of(node, device.path(), minor(device));
    }

    /**
     * The names of the resources that a path belongs to: as their device, or as something on it such as an LVM volume. Needs
     * STATE, DrbdDevices, DeviceUses and BlockDevice.
     */
    public static Set<String> resources(NodeFacts node, String path) {
        BlockDevice device = node.get(BlockDevice.probe(path));
        Set<String> names = new LinkedHashSet<>();
        of(node, device).ifPresent(volume -> names.add(volume.resource()));
        for (String below : node.get(DeviceUses.PROBE).pathsBelow(device)) {
            of(node, below, minor("", below)).ifPresent(volume -> names.add(volume.resource()));
        }
        return names;
    }

    private static Optional<DrbdDeviceFacts> of(NodeFacts node, String path, int minor) {
        DrbdDevices.Device configured =
                node.get(DrbdDevices.PROBE).of(path, minor).orElse(null);
        DrbdState state = node.get(DrbdProbes.STATE).orElse(DrbdState.NONE);
        int wanted = minor < 0 && configured != null ? configured.minor() : minor;
        for (ResourceState resource : state.resources().values()) {
            for (DeviceState volume : resource.volumes().values()) {
                if (volume.minor() == wanted && wanted >= 0) {
                    return Optional.of(
                            new DrbdDeviceFacts(node.name(), resource.name(), resource, volume, configured, true));
                }
            }
        }
        return Optional.ofNullable(configured)
                .map(found -> new DrbdDeviceFacts(
                        node.name(),
                        found.resource(),
                        null,
                        null,
                        found,
                        node.get(DrbdProbes.STATE).isPresent()));
    }

    private static int minor(BlockDevice device) {
        return minor(device.number(), device.path());
    }

    private static int minor(String number, String path) {
        Matcher byNumber = BY_NUMBER.matcher(number);
        Matcher byPath = BY_MINOR.matcher(path);
        Matcher found = byNumber.matches() ? byNumber : byPath.matches() ? byPath : null;
        return found == null ? -1 : Integer.parseInt(found.group(1));
    }

    /** Whether this node is Primary. */
    public boolean isPrimary() {
        return state != null && state.isPrimary();
    }

    /** Whether the disk of this node is UpToDate, or the node is intentionally diskless and the disk of a peer is. */
    public boolean isUpToDate() {
        return volume != null && state.isReady(volume);
    }

    /** Whether two nodes may be, or are, Primary. */
    public boolean isDualPrimary() {
        return configured != null && configured.dualPrimary() || isPrimary() && state.hasPrimaryPeer();
    }

    /** Role and disk, for messages. */
    public String words() {
        return state == null
                ? known ? "down" : "in a state that is not known"
                : state.role() + " with its disk " + (volume == null ? "unknown" : volume.disk());
    }
}
