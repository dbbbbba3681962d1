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
 * What uses the DRBD devices of a node besides its own mounts. Such a use prevents a Primary from becoming Secondary, or a
 * filesystem from being unmounted. It is read from {@code /sys} and {@code /proc}, since DRBD 8.4 only reports "held open
 * by someone". Users inside the kernel, such as an iSCSI target, are not found.
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

    /** The kind of use. */
    public enum Kind {
        /** The kernel: an LVM volume, a loop device, swap. */
        HOLDER,
        /** A process that has the device itself open. */
        PROCESS,
        /**
         * A process with open files or its working directory on the mounted filesystem; a loop device or swap with its file
         * there; an export of it, or a mount below it.
         */
        FILES,
        /** A mount in another mount namespace, such as that of a container. */
        ELSEWHERE
    }

    /**
     * One use.
     *
     * @param minor the minor number of the device
     * @param kind the kind of use
     * @param who the user as text, such as {@code process 1088 (sleep)}
     */
    public record Use(int minor, Kind kind, String who) implements Serializable {}

    /** The probe for this. */
    public static final Probe<DrbdDeviceUsers> PROBE = new Probe<>(
            "drbd use", MountUsers.SHELL + ShellFile.read(DrbdDeviceUsers.class, "use.sh"), DrbdDeviceUsers::parse);

    public DrbdDeviceUsers {
        uses = List.copyOf(uses);
    }

    /** The users of a device, of these kinds. */
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
