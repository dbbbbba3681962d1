package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import java.io.Serializable;
import java.util.Optional;

/**
 * A mount point.
 *
 * @param kind the kind of object there
 * @param realPath the resolved path, as the kernel reports it for a mount
 * @param entries the number of its entries, at most 1000; for a mount those of the mounted filesystem
 */
public record MountDirectory(Kind kind, String realPath, int entries) implements Serializable {
    /** What is there. */
    public enum Kind {
        /** Nothing. */
        ABSENT,
        /** A directory. */
        DIRECTORY,
        /** Something else. */
        OTHER,
        /** Something on a DRBD device with suspended I/O, which cannot be read now. */
        SUSPENDED
    }

    private static final int MAX_ENTRIES = 1000;
    private static final String SCRIPT = ShellFile.read(MountDirectory.class, "mount-place.sh");

    /** Probes a path. */
    public static Probe<MountDirectory> probe(String path) {
        String script = SuspendedDrbdDevices.SHELL
                + SuspendedDrbdDevices.PLACES
                + ShellFile.with(SCRIPT, path, String.valueOf(MAX_ENTRIES));
        return new Probe<>("mount place " + path, script, reading -> parse(path, reading));
    }

    /** What is mounted at a mount point on a node, with all links resolved. */
    public static Optional<Mount> mounted(NodeFacts node, String path) {
        return node.get(StorageProbes.MOUNTS).at(node.get(probe(path)).realPath());
    }

    private static MountDirectory parse(String path, Reading reading) {
        String[] parts = reading.text().split("=\n", 2);
        String real = parts.length > 1 ? parts[1].strip() : "";
        String[] words = parts[0].strip().split("\\s+");
        int entries = words.length > 1 && words[1].matches("\\d{1,6}") ? Integer.parseInt(words[1]) : 0;
        Kind kind =
                switch (words[0]) {
                    case "absent" -> Kind.ABSENT;
                    case "directory" -> Kind.DIRECTORY;
                    case "suspended" -> Kind.SUSPENDED;
                    default -> Kind.OTHER;
                };
        return new MountDirectory(kind, real.isEmpty() ? path : real, entries);
    }
}
