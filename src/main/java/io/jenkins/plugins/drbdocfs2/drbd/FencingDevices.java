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
 */
public record FencingDevices(Set<String> nodes) implements Serializable {
    /** The file with the devices, a section for each node; mode 0600. */
    public static final String PATH = "/etc/drbd-fencing.conf";

    /** The probe for this; no nodes if there is no such file. */
    public static final Probe<FencingDevices> PROBE = new Probe<>(
            "fencing devices",
            ShellFile.with(ShellFile.read(FencingDevices.class, "fencing-devices.sh"), PATH),
            FencingDevices::parse);

    public FencingDevices {
        nodes = Set.copyOf(nodes);
    }

    private static FencingDevices parse(Reading reading) {
        if (!reading.ok()) {
            throw new TextFormatException(PATH + " exists, but cannot be read");
        }
        return new FencingDevices(reading.text().lines().collect(Collectors.toUnmodifiableSet()));
    }
}
