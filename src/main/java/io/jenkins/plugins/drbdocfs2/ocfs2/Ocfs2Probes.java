package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;
import java.util.List;
import java.util.Optional;

/** Probes of OCFS2 on a node. None of them takes a lock or writes. */
public final class Ocfs2Probes {
    private static final String VOLUME = ShellFile.read(Ocfs2Probes.class, "ocfs2-volume.sh");

    private Ocfs2Probes() {}

    /** Probes the clusters in the kernel. */
    public static final Probe<O2cbState> STATE =
            Probe.tame("o2cb state", O2cbState.SCRIPT, reading -> O2cbState.parse(reading.text()));

    /** o2cb's settings file on most distributions: {@link #DEFAULTS_PATH} tells it for a node. */
    public static final String USUAL_DEFAULTS_PATH = "/etc/default/o2cb";

    /**
     * Probes the path of o2cb's settings file: the first that {@code /etc/init.d/o2cb} would read, else the one that it
     * would write.
     */
    public static final Probe<String> DEFAULTS_PATH = Probe.tame(
            "o2cb settings file", ShellFile.read(Ocfs2Probes.class, "o2cb-settings-file.sh"), reading -> reading.text()
                    .strip());

    /** The probes of o2cb's settings file: its text and {@link #settingsFault}. */
    public static ProbeSet settings(String path) {
        return ProbeSet.of(SystemProbes.file(path), settingsFault(path));
    }

    /** Probes the errors of sh in o2cb's settings file, without executing it; empty for none. */
    public static Probe<String> settingsFault(String path) {
        String file = Sh.quote(path);
        return Probe.tame(
                "o2cb settings fault " + path,
                "[ ! -f " + file + " ] || sh -n " + file + " 2>&1 || echo",
                reading -> reading.text().strip());
    }

    /** Probes the OCFS2 filesystem on a device; empty if there is none, or the device cannot be read. */
    public static Probe<Optional<Ocfs2Volume>> volume(String device) {
        String script = SuspendedDrbdDevices.SHELL
                + ShellFile.with(VOLUME, device, "stats", Ocfs2Volume.JOURNAL, Ocfs2Volume.SLOT_MAP, Ocfs2Volume.QUIT);
        return Probe.tame("ocfs2 volume " + device, script, Ocfs2Probes::volume);
    }

    // The output of a failed program is not complete. Without "quit", debugfs.ocfs2 always fails.
    private static Optional<Ocfs2Volume> volume(Reading reading) {
        String text = reading.text();
        int last = Ocfs2Volume.last(text, Ocfs2Volume.SLOT_MAP);
        return Optional.ofNullable(Ocfs2Volume.parse(reading.ok() || last < 0 ? text : text.substring(0, last)));
    }

    /**
     * Probes the devices with OCFS2, including a disk below DRBD with external metadata, but not suspended DRBD devices.
     */
    public static final Probe<List<String>> DEVICES = Probe.tame(
            "ocfs2 devices",
            SuspendedDrbdDevices.SHELL + ShellFile.read(Ocfs2Probes.class, "ocfs2-devices.sh"),
            reading -> reading.text().lines().filter(line -> !line.isBlank()).toList());
}
