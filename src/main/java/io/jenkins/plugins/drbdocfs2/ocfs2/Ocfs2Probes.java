package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Questions about OCFS2 on a node. None of them takes a lock or writes. */
public final class Ocfs2Probes {
    private static final String LISTENS = "0A"; // TCP_LISTEN in the kernel's tcp_states.h

    private Ocfs2Probes() {}

    /** Asks which cluster is online. */
    public static final Probe<O2cbState> STATE =
            new Probe<>("o2cb state", O2cbState.SCRIPT, reading -> O2cbState.parse(reading.text()));

    /**
     * Asks for the file with o2cb's settings: the first that {@code /etc/init.d/o2cb} would read, else the one that it
     * would write.
     */
    public static final Probe<String> DEFAULTS_PATH = new Probe<>(
            "o2cb settings file",
            "if [ -f /etc/sysconfig/o2cb ]; then echo /etc/sysconfig/o2cb\n"
                    + "elif [ -f /etc/default/o2cb ] || [ ! -d /etc/sysconfig ]; then echo /etc/default/o2cb\n"
                    + "else echo /etc/sysconfig/o2cb; fi",
            reading -> reading.text().strip());

    /** Asks whether something listens at a TCP port, whatever the address. */
    public static Probe<Boolean> listening(int port) {
        String hex = String.format(Locale.ROOT, "%04X", port);
        return new Probe<>("listening " + port, "cat /proc/net/tcp /proc/net/tcp6", reading -> reading.text()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(words -> words.length > 3 && words[1].endsWith(":" + hex) && words[3].equals(LISTENS)));
    }

    /** Asks for the OCFS2 filesystem on a device; empty where there is none, or the device cannot be read. */
    public static Probe<Optional<Ocfs2Volume>> volume(String device) {
        String script = "d=" + Sh.quote(device) + "\n[ -b \"$d\" ] || exit 1\n"
                + "debugfs.ocfs2 -R stats \"$d\"; echo =\n"
                + "debugfs.ocfs2 -R 'stat //journal:0000' \"$d\"; echo =\n"
                + "debugfs.ocfs2 -R slotmap \"$d\"; true";
        return new Probe<>(
                "ocfs2 volume " + device, script, reading -> Optional.ofNullable(Ocfs2Volume.parse(reading.text())));
    }

    /** Asks for the devices that hold an OCFS2 filesystem, as far as mounted.ocfs2(8) finds them. */
    public static final Probe<List<String>> DEVICES = new Probe<>("ocfs2 devices", "mounted.ocfs2 -d", reading -> Arrays
            .stream(reading.text().split("\n"))
            .map(line -> line.split("\\s", 2)[0])
            .filter(word -> word.startsWith("/dev/"))
            .distinct()
            .toList());

    /** Asks who has the filesystem on a device mounted: host names, "Unknown" among them for a node that is in no file. */
    public static Probe<List<String>> mountedBy(String device) {
        return new Probe<>("ocfs2 mounted " + device, "mounted.ocfs2 -f " + Sh.quote(device), reading -> Arrays.stream(
                        reading.text().split("\n"))
                .filter(line -> line.startsWith("/dev/"))
                .findFirst()
                .map(Ocfs2Probes::nodes)
                .orElse(List.of()));
    }

    // The columns are: device, stack, cluster, perhaps G for global heartbeat, nodes.
    private static List<String> nodes(String line) {
        String[] words = line.strip().split("\\s+", 4);
        if (words.length < 4 || words[3].endsWith("Not mounted")) {
            return List.of();
        }
        return Arrays.stream(words[3].replaceFirst("^G\\s+", "").split(",\\s*")).toList();
    }
}
