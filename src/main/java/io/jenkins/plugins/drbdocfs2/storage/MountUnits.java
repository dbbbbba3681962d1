package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mount units of systemd that are files of their own, also disabled ones; not those that fstab generates.
 *
 * @param units the units with a device
 */
public record MountUnits(List<Unit> units) implements Serializable {
    /** None. */
    public static final MountUnits NONE = new MountUnits(List.of());

    /** The probe for this, which opens no device and reads no mount point. */
    public static final Probe<MountUnits> PROBE =
            new Probe<>("mount units", ShellFile.read(MountUnits.class, "mount-units.sh"), MountUnits::parse);

    /**
     * A mount unit.
     *
     * @param name its name, such as {@code srv.mount}
     * @param entry what it mounts and where, as an entry of fstab
     * @param realPath the path that the device resolves to
     */
    public record Unit(String name, FstabEntry entry, String realPath) implements Serializable {
        /** Whether it leads to a device: by one of its paths or a link to it. */
        public boolean isPathOf(BlockDevice device) {
            return entry.device().equals(device.path())
                    || entry.device().equals(device.realPath())
                    || !device.realPath().isEmpty() && realPath.equals(device.realPath());
        }

        /** Whether its device has this UUID or label. */
        public boolean hasTagOf(Blkid blkid) {
            return entry.hasTag("UUID", blkid.uuid())
                    || entry.hasTag("LABEL", blkid.label())
                    || blkid.uuid() != null && entry.device().equals("/dev/disk/by-uuid/" + blkid.uuid())
                    || blkid.label() != null && entry.device().equals("/dev/disk/by-label/" + blkid.label());
        }
    }

    public MountUnits {
        units = List.copyOf(units);
    }

    static MountUnits parse(Reading reading) {
        List<Unit> units = new ArrayList<>();
        for (String block : reading.text().split("\n\n")) {
            Map<String, String> values = new HashMap<>();
            block.lines()
                    .filter(line -> line.indexOf('=') > 0)
                    .forEach(line ->
                            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            String real = values.get("Real");
            if (real != null && !Fstab.PATH.equals(values.get("SourcePath"))) {
                FstabEntry entry =
                        new FstabEntry(values.getOrDefault("What", ""), values.getOrDefault("Where", ""), "auto", "");
                units.add(new Unit(values.getOrDefault("Id", ""), entry, real));
            }
        }
        return new MountUnits(units);
    }
}
