package io.jenkins.plugins.drbdocfs2.faults;

import java.util.List;
import java.util.Optional;

/**
 * A split brain of a resource, as reported by DRBD.
 *
 * @param resource the resource
 * @param device its device
 * @param mountPoint its mount point
 */
record SplitBrain(String resource, String device, String mountPoint) {
    private static final List<SplitBrain> RESOURCES = List.of(
            new SplitBrain("r0", "/dev/drbd0", "/mnt/drbd0"),
            new SplitBrain("wwwdata", "/dev/drbd1", "/mnt/wwwdata"),
            new SplitBrain("dbdata", "/dev/drbd2", "/mnt/dbdata"));

    /** The resource with a split brain, if there is one. */
    static Optional<SplitBrain> find(List<Node> nodes) throws BrokenInvariant {
        for (SplitBrain resource : RESOURCES) {
            boolean detected = false;
            boolean disconnected = false;
            for (Node node : nodes) {
                detected |= !node.run("dmesg | grep 'block drbd" + resource.minor() + ": Split-Brain detected'; true")
                        .isEmpty();
                disconnected |= !node.run(
                                "grep -E '^ *" + resource.minor() + ": cs:(StandAlone|WFConnection)' /proc/drbd; true")
                        .isEmpty();
            }
            if (detected && disconnected) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    private char minor() {
        return device.charAt(device.length() - 1);
    }

    /** The example that resolves it. */
    String remedy() {
        return Jenkinsfile.SPLIT
                .text()
                .replace("'r0'", "'" + resource + "'")
                .replace("/dev/drbd0", device)
                .replace("/mnt/drbd0", mountPoint);
    }
}
