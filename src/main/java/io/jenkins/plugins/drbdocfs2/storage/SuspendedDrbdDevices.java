package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.List;

/**
 * The DRBD devices of a node with suspended I/O, for any reason: a process that reads or writes one, or files on it, hangs
 * and cannot be killed. Therefore no probe does.
 *
 * @param minors their minor numbers
 */
public record SuspendedDrbdDevices(List<Integer> minors) implements Serializable {
    /**
     * Shell functions that test whether a device is one of them or is on one: {@code suspended MAJOR:MINOR} and
     * {@code path_suspended PATH}; and their minor numbers in {@code $susp}.
     */
    public static final String SHELL = ShellFile.read(SuspendedDrbdDevices.class, "suspended-drbd.sh");

    /**
     * After {@link #SHELL}, the function {@code below_suspended PATH}: whether the path leads below the mount of such a
     * device, without following it there.
     */
    static final String PLACES = ShellFile.read(SuspendedDrbdDevices.class, "suspended-places.sh");

    /** The probe for this. */
    public static final Probe<SuspendedDrbdDevices> PROBE =
            new Probe<>("suspended drbd", SHELL + "echo $susp", reading -> parse(reading.text()));

    public SuspendedDrbdDevices {
        minors = List.copyOf(minors);
    }

    private static SuspendedDrbdDevices parse(String text) {
        return new SuspendedDrbdDevices(text.lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .filter(word -> word.matches("\\d{1,7}"))
                .map(Integer::valueOf)
                .toList());
    }
}
