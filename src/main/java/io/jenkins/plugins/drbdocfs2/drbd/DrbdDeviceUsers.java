package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.storage.MountUsers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What uses the DRBD devices of a node besides its mounts: what keeps a Primary from becoming Secondary, and a filesystem
 * from being unmounted. From {@code /sys} and {@code /proc}, since DRBD 8.4 only says "held open by someone". What the
 * kernel itself holds open, such as an iSCSI target, is not seen.
 *
 * @param known whether the uses could be read
 * @param uses in the order found
 */
public record DrbdDeviceUsers(boolean known, List<Use> uses) implements Serializable {
    /** Nothing uses any device. */
    public static final DrbdDeviceUsers NONE = new DrbdDeviceUsers(true, List.of());

    /** The exit code of the script where the kernel module is not loaded. */
    private static final int NO_MODULE = 3;

    private static final Pattern LINE = Pattern.compile("(holder|process|files|elsewhere) (\\d{1,7}) (.+)");

    /** How a device is used. */
    public enum Kind {
        /** By the kernel: a volume of LVM, a loop device, swap. */
        HOLDER,
        /** By a process that has the device itself open. */
        PROCESS,
        /**
         * By a process that has files on its mounted filesystem open, or works there; by a loop device or swap whose file is
         * there; by an export or a mount below it.
         */
        FILES,
        /** By a mount that only processes in another mount namespace see, such as those of a container. */
        ELSEWHERE
    }

    /**
     * One use.
     *
     * @param minor the device's number
     * @param kind how it is used
     * @param who in words, such as {@code process 1088 (sleep)}
     */
    public record Use(int minor, Kind kind, String who) implements Serializable {}

    /** Probes them. */
    public static final Probe<DrbdDeviceUsers> PROBE = new Probe<>(
            "drbd use", MountUsers.SHELL + ShellFile.read(DrbdDeviceUsers.class, "use.sh"), DrbdDeviceUsers::parse);

    public DrbdDeviceUsers {
        uses = List.copyOf(uses);
    }

    /** Who uses a device in these ways. */
    public List<String> of(int minor, List<Kind> kinds) {
        return uses.stream()
                .filter(use -> use.minor() == minor && kinds.contains(use.kind()))
                .map(Use::who)
                .toList();
    }

    static DrbdDeviceUsers parse(Reading reading) {
        List<Use> uses = new ArrayList<>();
        for (String line : reading.text().split("\n")) {
            Matcher use = LINE.matcher(line);
            if (use.matches()) {
                uses.add(new Use(Integer.parseInt(use.group(2)), kind(use.group(1)), use.group(3)));
            }
        }
        return new DrbdDeviceUsers(reading.ok() || reading.exitCode() == NO_MODULE, uses);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "holder" -> Kind.HOLDER;
            case "process" -> Kind.PROCESS;
            case "files" -> Kind.FILES;
            default -> Kind.ELSEWHERE;
        };
    }
}
