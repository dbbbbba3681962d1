package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;

/**
 * Who a node says it is.
 *
 * @param name what {@code uname -n} prints; DRBD takes the sections of its configuration by it
 * @param userId the numeric id of the user that scripts run as; 0 for root, -1 where it is not known
 * @param kernel the release of the running kernel
 */
public record NodeIdentity(String name, int userId, String kernel) {
    /** Sets the shell's variable {@code uid}, by proc_pid_status(5): a process less than id(1). */
    static final String USER_ID =
            "while read -r key real uid rest; do [ \"$key\" != Uid: ] || break; done < /proc/self/status";

    /** Asks a node who it is. */
    public static final Probe<NodeIdentity> PROBE = Probe.tame(
            "identity",
            "set -- $(uname -n -r); echo \"$1\"\n" + USER_ID + "; echo \"$uid\"; echo \"$2\"",
            NodeIdentity::parse);

    /** Whether the node told who it is. */
    public boolean isKnown() {
        return !name.isEmpty() && userId >= 0;
    }

    private static NodeIdentity parse(Reading reading) {
        String[] lines = reading.text().split("\n", -1);
        boolean whole = lines.length >= 3 && lines[1].matches("[0-9]{1,9}");
        return whole ? new NodeIdentity(lines[0], Integer.parseInt(lines[1]), lines[2]) : new NodeIdentity("", -1, "");
    }
}
