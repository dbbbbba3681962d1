package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes for which {@link #PATH} has a fencing device. Its secrets are not read.
 *
 * @param nodes the names of these nodes
 * @param waitSeconds how long the fence-peer handler waits for the other node to fence first
 * @param limitSeconds how long a call of a fence agent may take; 0 if there is no such file
 */
public record FencingDevices(Set<String> nodes, int waitSeconds, int limitSeconds) implements Serializable {
    /** The file with the devices, a section for each node; mode 0600. */
    public static final String PATH = "/etc/drbd-fencing.conf";

    /** The probe for this; no nodes if there is no such file. */
    public static final Probe<FencingDevices> PROBE = Probe.tame(
            "fencing devices",
            ShellFile.with(ShellFile.read(FencingDevices.class, "fencing-devices.sh"), PATH),
            FencingDevices::parse);

    public FencingDevices {
        nodes = Set.copyOf(nodes);
    }

    /** Devices without numbers. */
    public FencingDevices(Set<String> nodes) {
        this(nodes, 0, 0);
    }

    private static FencingDevices parse(Reading reading) {
        if (!reading.ok()) {
            throw new TextFormatException(PATH + " exists, but cannot be read");
        }
        Set<String> names =
                reading.text().lines().filter(line -> line.indexOf('=') < 0).collect(Collectors.toUnmodifiableSet());
        return new FencingDevices(names, number("wait", reading.text()), number("limit", reading.text()));
    }

    private static int number(String name, String text) {
        String start = name + "=";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .mapToInt(line -> Integer.parseInt(line.substring(start.length())))
                .findFirst()
                .orElse(0);
    }
}
