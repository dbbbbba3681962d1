package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.Serializable;
import java.util.List;

/**
 * Whether a part of a device holds anything but zeros, as far as is looked: devices and parts of at most 1 GiB are read
 * whole, of larger ones the first 128 MiB, the last 64 MiB, 256 KiB at 256 to 512 places all over it, and the beginning of each
 * MiB of the first 2 GiB.
 *
 * @param readable whether it could be read
 * @param zero whether nothing but zeros was seen
 */
public record DeviceContent(boolean readable, boolean zero) implements Serializable {
    /** Shell functions of which {@code content} looks for data on a device, or wipes what the look would find. */
    static final String SHELL = ShellFile.read(DeviceContent.class, "content.sh");

    private static final String LOOK = ShellFile.read(DeviceContent.class, "content-look.sh");
    private static final String WIPE = ShellFile.read(DeviceContent.class, "wipe-with-signatures.sh");

    /** Asks for a part of a device; not where DRBD lets nothing through. */
    public static Probe<DeviceContent> probe(String path, long begin, long end) {
        return new Probe<>(
                "content " + path + " " + begin + " " + end,
                SuspendedDrbdDevices.SHELL
                        + SHELL
                        + ShellFile.with(LOOK, path, String.valueOf(begin), String.valueOf(end)),
                DeviceContent::parse);
    }

    private static DeviceContent parse(Reading reading) {
        List<String> lines = reading.text().lines().toList();
        boolean data = lines.stream().anyMatch(line -> line.startsWith("data "));
        boolean zero = reading.ok() && lines.equals(List.of("zero inside"));
        return new DeviceContent(data || zero, zero);
    }

    /**
     * Lines of shell that write zeros over all that a later look at a device, or at a DRBD device on it, would find.
     *
     * @param path the device
     * @param bytes its size
     */
    public static String wipe(String path, long bytes) {
        return SHELL + "content wipe " + Sh.quote(path) + " 0 " + bytes + "\n";
    }

    /** The same for a part of a device whose other parts others use. */
    public static String wipePart(String path, long begin, long end) {
        return SHELL + "content wipe-part " + Sh.quote(path) + " " + begin + " " + end + "\n";
    }

    /**
     * Lines of shell that wipe signatures and all else that a later look would find.
     *
     * @param device the device as it was looked at
     */
    public static String wipeWithSignatures(BlockDevice device) {
        return SHELL + ShellFile.with(WIPE, device.path(), String.valueOf(device.bytes()));
    }
}
