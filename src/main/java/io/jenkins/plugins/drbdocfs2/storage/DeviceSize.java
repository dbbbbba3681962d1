package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.Serializable;

/**
 * The size of a block device.
 *
 * @param bytes its size; -1 if there is no such device
 */
public record DeviceSize(long bytes) implements Serializable {
    /** A missing device. */
    public static final DeviceSize UNKNOWN = new DeviceSize(-1);

    /** Probes the size of a device by its path. */
    public static Probe<DeviceSize> probe(String path) {
        return new Probe<>("size of " + path, "blockdev --getsize64 " + Sh.quote(path), reading -> {
            String text = reading.text().strip();
            return reading.ok() && text.matches("\\d{1,18}") ? new DeviceSize(Long.parseLong(text)) : UNKNOWN;
        });
    }
}
