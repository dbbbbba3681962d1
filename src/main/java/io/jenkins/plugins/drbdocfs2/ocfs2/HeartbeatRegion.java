package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.List;

/**
 * A heartbeat of a node's kernel on a device, which it keeps open. With local heartbeat each mount of OCFS2 takes a
 * reference and an unmount releases one; ocfs2_hb_ctl(8).
 *
 * @param mode the heartbeat mode of the cluster
 * @param uuid the region, which is the UUID of the filesystem: 32 upper-case hexadecimal digits
 * @param device the kernel's name of the device, such as "drbd0"
 */
public record HeartbeatRegion(Reported<HeartbeatMode> mode, String uuid, String device) implements Serializable {
    /** Probes all heartbeats of a node. */
    public static final Probe<List<HeartbeatRegion>> PROBE = Probe.tame(
            "o2cb heartbeats", ShellFile.read(HeartbeatRegion.class, "heartbeats.sh"), HeartbeatRegion::parse);

    private static List<HeartbeatRegion> parse(Reading reading) {
        return reading.text()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 3)
                .map(words -> new HeartbeatRegion(HeartbeatMode.parse(words[0]), words[1], words[2]))
                .toList();
    }

    /**
     * Whether it is on this device.
     *
     * @param numbers the number of the mounted device, such as "147:0"
     * @param source the argument of mount(8)
     */
    public boolean isOn(String numbers, String source) {
        return source.equals("/dev/" + device)
                || device.startsWith("drbd") && numbers.equals("147:" + device.substring("drbd".length()));
    }

    /** Whether it is independent of mounts. */
    public boolean isGlobal() {
        return mode.is(HeartbeatMode.GLOBAL);
    }
}
