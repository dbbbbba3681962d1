package io.jenkins.plugins.drbdocfs2.faults;

import java.util.Map;
import java.util.TreeMap;

/** Leftovers of a build on a node. */
final class NodeLeftovers {
    // Processes started through sshd have SSH_CONNECTION in their environment; services have not.
    private static final String PROCESSES =
            """
            left() {
              set -- $(grep -lzs '^SSH_CONNECTION=' /proc/[0-9]*/environ)
              grep -LzsxF "SSH_CONNECTION=$SSH_CONNECTION" "$@" | cut -d/ -f3
            }
            for i in $(seq 90); do p=$(left); [ -n "$p" ] || exit 0; sleep 1; done
            for i in $p; do ps -o pid= -o ppid= -o stat= -o etime= -o wchan:24= -o args= -p "$i"; done
            true
            """;
    private static final String FILES =
            """
            find /etc /root /home /var/lib /var/tmp /tmp /usr/lib/systemd /usr/local /mnt -xdev \\
              \\( -name '*.drbd-ocfs2-steps' -o -path '/tmp/*' -o -path '/var/tmp/*' \\) ! -name 'systemd-private-*' ! -name '.*-unix'
            for m in $(findmnt -rno TARGET -t ocfs2,xfs); do find $m -mindepth 1 -maxdepth 1 -name '.*'; done
            lvs --noheadings -o lv_full_name | grep drbd-ocfs2-steps
            true
            """;
    private static final String TEXTS =
            """
            cd /etc
            find . -xdev \\( -path ./lvm/archive -o -path ./lvm/backup -o -name mtab \\) -prune -o -type f -print0 \\
              | sort -z | xargs -0 sha256sum
            find . -xdev -type l ! -name mtab -printf '%l  %p\\n'
            """;

    private NodeLeftovers() {}

    /** Checks that all processes of builds end within 90 seconds. */
    static void checkProcesses(Node node) throws BrokenInvariant {
        String left = node.run(PROCESSES);
        if (!left.isBlank()) {
            throw new BrokenInvariant(node.name() + ": these processes are left:\n" + left);
        }
    }

    /** Checks that there are no temporary files, directories or volumes of builds. */
    static void checkFiles(Node node) throws BrokenInvariant {
        String left = node.run(FILES);
        if (!left.isBlank()) {
            throw new BrokenInvariant(node.name() + ": this is left:\n" + left);
        }
    }

    /** The files below /etc, by path, with their checksum or link target. */
    static Map<String, String> texts(Node node) throws BrokenInvariant {
        Map<String, String> texts = new TreeMap<>();
        node.run(TEXTS).lines().map(line -> line.split("  ", 2)).forEach(line -> texts.put(line[1], line[0]));
        return texts;
    }

    /** Checks that each file after the fault is as before or as at the end, so none was half written. */
    static void checkWhole(
            Node node, Map<String, String> before, Map<String, String> between, Map<String, String> after)
            throws BrokenInvariant {
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(between);
        all.putAll(after);
        for (String path : all.keySet()) {
            String found = String.valueOf(between.get(path));
            if (!found.equals(String.valueOf(before.get(path))) && !found.equals(String.valueOf(after.get(path)))) {
                throw new BrokenInvariant(node.name() + ": after the fault /etc/" + path
                        + " was neither as before nor as at the end: half written?");
            }
        }
    }
}
