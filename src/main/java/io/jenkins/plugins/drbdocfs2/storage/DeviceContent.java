package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.Serializable;
import java.util.List;

/**
 * Whether a part of a device has only zeros at the checked places: up to 1 GiB is read completely; of larger devices the
 * first 128 MiB, the last 64 MiB, 256 KiB at 256 to 512 places, and the beginning of each MiB of the first 2 GiB.
 *
 * @param readable whether it could be read
 * @param zero whether only zeros were read
 */
public record DeviceContent(boolean readable, boolean zero) implements Serializable {
    /** Shell functions; {@code content} searches a device for data, or wipes what it would find. */
    static final String SHELL = ShellFile.read(DeviceContent.class, "content.sh");

    private static final String SEARCH = ShellFile.read(DeviceContent.class, "content-search.sh");
    private static final String WIPE = ShellFile.read(DeviceContent.class, "wipe-with-signatures.sh");

    /** Probes a part of a device, unless DRBD has suspended its I/O. */
    public static Probe<DeviceContent> probe(String path, long begin, long end) {
        return new Probe<>(
                "content " + path + " " + begin + " " + end,
                SuspendedDrbdDevices.SHELL
                        + SHELL
                        + ShellFile.with(SEARCH, path, String.valueOf(begin), String.valueOf(end)),
                DeviceContent::parse);
    }

    private static DeviceContent parse(Reading reading) {
        List<String> lines = reading.text().lines().toList();
        boolean data = lines.stream().anyMatch(line -> line.startsWith("data "));
        boolean zero = reading.ok() && lines.equals(List.of("zero inside"));
        return new DeviceContent(data || zero, zero);
    }

    /**
     * Shell lines that overwrite with zeros all data that a later check of a device, or of a DRBD device on it, would find.
     *
     * @param path the device
     * @param bytes its size
     */
    public static String wipe(String path, long bytes) {
        return SHELL + "content wipe " + Sh.quote(path) + " 0 " + bytes + "\n";
    }

    /** The same for a part of a device whose other parts may be in use. */
    public static String wipePart(String path, long begin, long end) {
        return SHELL + "content wipe-part " + Sh.quote(path) + " " + begin + " " + end + "\n";
    }

    /**
     * Shell lines that wipe signatures and all other data that a later check would find.
     *
     * @param device the device as checked before
     */
    public static String wipeWithSignatures(BlockDevice device) {
        return SHELL + ShellFile.with(WIPE, device.path(), String.valueOf(device.bytes()));
    }
}
