package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The disks that DRBD's kernel module holds for the devices of a node, and where the configured paths lead now. A disk can
 * have shrunk since then, and a path can lead to another disk, for example after an LVM volume was renamed.
 *
 * @param known true if drbdsetup printed them, or if the kernel module is not loaded
 * @param held the disks, including those for external metadata
 * @param paths the paths of the disks according to {@code drbdsetup show}
 */
public record BackingDisks(boolean known, List<Held> held, List<Named> paths) implements Serializable {
    /** Nothing is held. */
    public static final BackingDisks NONE = new BackingDisks(true, List.of(), List.of());

    /**
     * A disk that DRBD holds.
     *
     * @param minor the minor number of the DRBD device
     * @param number the major and minor number of the disk, such as "253:0"
     * @param bytes its current size
     * @param path its current path
     */
    public record Held(int minor, String number, long bytes, String path) implements Serializable {}

    /**
     * The configured path of a disk.
     *
     * @param minor the minor number of the DRBD device
     * @param metadata whether it holds only metadata
     * @param number the major and minor number of the device that it leads to now; empty if there is none
     * @param path the path that DRBD was configured with
     */
    public record Named(int minor, boolean metadata, String number, String path) implements Serializable {}

    /** The probe for this. */
    public static final Probe<BackingDisks> PROBE = Probe.tame(
            "drbd backing disks", ShellFile.read(BackingDisks.class, "backing-disks.sh"), BackingDisks::parse);

    public BackingDisks {
        held = List.copyOf(held);
        paths = List.copyOf(paths);
    }

    /** The disks held for a device. */
    public List<Held> of(int minor) {
        return held.stream().filter(disk -> disk.minor == minor).toList();
    }

    /** The configured paths of a device's disks. */
    public List<Named> namesOf(int minor) {
        return paths.stream().filter(name -> name.minor == minor).toList();
    }

    private static BackingDisks parse(Reading reading) {
        List<Held> held = new ArrayList<>();
        List<Named> paths = new ArrayList<>();
        for (String line : reading.text().split("\n")) {
            String[] words = line.split(" ", line.startsWith("held ") ? 5 : 4);
            boolean numbered = words.length > 3 && words[1].matches("\\d{1,7}");
            if (numbered && words.length == 5 && words[3].matches("\\d{1,16}") && words[2].matches("\\d+:\\d+")) {
                held.add(new Held(Integer.parseInt(words[1]), words[2], Long.parseLong(words[3]) * 512, words[4]));
            } else if (numbered && (words[0].equals("disk") || words[0].equals("meta-disk"))) {
                String number = words[2].matches("\\d+:\\d+") ? words[2] : "";
                paths.add(new Named(Integer.parseInt(words[1]), words[0].equals("meta-disk"), number, words[3]));
            }
        }
        return new BackingDisks(reading.ok(), held, paths);
    }
}
