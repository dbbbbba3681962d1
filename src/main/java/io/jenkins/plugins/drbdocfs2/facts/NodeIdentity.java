package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;

/**
 * The identity of a node.
 *
 * @param name the output of {@code uname -n}; DRBD selects the sections of its configuration by it
 * @param userId the numeric ID of the user that scripts run as; 0 for root, -1 if unknown
 * @param kernel the release of the running kernel
 */
public record NodeIdentity(String name, int userId, String kernel) {
    /** Sets the shell variable {@code uid}, from proc_pid_status(5), which saves a process compared with id(1). */
    static final String USER_ID =
            "while read -r key real uid rest; do [ \"$key\" != Uid: ] || break; done < /proc/self/status";

    /** Probes the identity of a node. */
    public static final Probe<NodeIdentity> PROBE = Probe.tame(
            "identity",
            "set -- $(uname -n -r)\n" + USER_ID + "; printf '%s\\n' \"$1\" \"$uid\" \"$2\"",
            NodeIdentity::parse);

    /** Whether the identity is known. */
    public boolean isKnown() {
        return !name.isEmpty() && userId >= 0;
    }

    private static NodeIdentity parse(Reading reading) {
        String[] lines = reading.text().split("\n", -1);
        boolean whole = lines.length >= 3 && lines[1].matches("[0-9]{1,9}");
        return whole ? new NodeIdentity(lines[0], Integer.parseInt(lines[1]), lines[2]) : new NodeIdentity("", -1, "");
    }
}
