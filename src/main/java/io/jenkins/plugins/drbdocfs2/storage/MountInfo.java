package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mounts of a node: {@code /proc/self/mountinfo}. proc(5).
 *
 * @param mounts in the order of the file; a later one hides earlier ones at the same place
 */
public record MountInfo(List<Mount> mounts) implements Serializable {
    /**
     * A mount.
     *
     * @param device the number of the device, such as "147:0" for /dev/drbd0
     * @param root the mounted directory of the filesystem; "/" except for bind mounts
     * @param mountPoint the mount point
     * @param options the options of the mount
     * @param type the type of the filesystem
     * @param source the argument of mount(8), such as the path of a device
     * @param superOptions the options of the filesystem
     */
    public record Mount(
            String device,
            String root,
            String mountPoint,
            String options,
            String type,
            String source,
            String superOptions)
            implements Serializable {
        /** Whether it is a mount of a device. */
        public boolean isOf(BlockDevice block) {
            return !block.number().isEmpty() && device.equals(block.number())
                    || source.equals(block.path())
                    || !block.realPath().isEmpty() && source.equals(block.realPath());
        }
    }

    public MountInfo {
        mounts = List.copyOf(mounts);
    }

    /**
     * Parses the file.
     *
     * @throws TextFormatException if a line is cut off
     */
    public static MountInfo parse(String text) {
        List<Mount> mounts = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                mounts.add(mount(lines[i], i + 1));
            }
        }
        return new MountInfo(mounts);
    }

    /** The visible mount at a mount point: the last one. */
    public Optional<Mount> at(String mountPoint) {
        return mounts.stream()
                .filter(mount -> mount.mountPoint.equals(mountPoint))
                .reduce((earlier, later) -> later);
    }

    /** The mounts of a device, by its number such as "147:0"; none if the number is unknown. */
    public List<Mount> ofDevice(String device) {
        return mounts.stream()
                .filter(mount -> !device.isEmpty() && mount.device.equals(device))
                .toList();
    }

    private static Mount mount(String line, int number) {
        int separator = line.indexOf(" - ");
        String[] front =
                separator < 0 ? new String[0] : line.substring(0, separator).split(" ", -1);
        String[] back =
                separator < 0 ? new String[0] : line.substring(separator + 3).split(" ", 3);
        if (front.length < 6 || back.length < 3) {
            throw new TextFormatException(number, 0, "not a whole line of mountinfo");
        }
        return new Mount(
                front[2],
                OctalEscapes.decode(front[3]),
                OctalEscapes.decode(front[4]),
                OctalEscapes.decode(front[5]),
                OctalEscapes.decode(back[0]),
                OctalEscapes.decode(back[1]),
                OctalEscapes.decode(back[2]));
    }
}
