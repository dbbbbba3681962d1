package io.jenkins.plugins.drbdocfs2.lab;

import io.jenkins.plugins.drbdocfs2.remote.ssh.SentSequence;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The scripts that a node received, recorded on the node: sshd starts every script of the plugin through a program
 * that keeps a copy of the input of the script's shell.
 */
final class SentScripts {
    // a read-only script is one probe set, which prints a mark between its answers
    private static final Pattern PROBE_SET = Pattern.compile("(?m)^printf '%s %s\\\\n' @@[0-9a-f-]{36} 0$");
    // before the first change of a build
    private static final String LOCK = "/run/drbd-ocfs2-steps.lock";
    private static final String NEXT_SCRIPT = "(?m)(^|\\.)drbd-ocfs2 [0-9a-f-]{36} \\d+$";
    private static final String END = "\n===== of the next\n";

    private static final String INSTALL =
            """
            cat > /usr/local/sbin/audit <<'AUDIT'
            #!/bin/bash
            case $SSH_ORIGINAL_COMMAND in
              *'= drbd-ocfs2 ]'*)
                exec 3<&0
                exec /bin/sh -c "$SSH_ORIGINAL_COMMAND" \\
                  < <(exec tee "/run/audit/$(date +%s%N).$$" <&3 3<&- 2> /dev/null) 3<&- ;;
            esac
            exec /bin/bash -c "$SSH_ORIGINAL_COMMAND"
            AUDIT
            chmod 755 /usr/local/sbin/audit; mkdir -p /run/audit
            echo ForceCommand /usr/local/sbin/audit > /etc/ssh/sshd_config.d/audit.conf
            systemctl restart ssh
            """;

    private final Lab lab;

    /** Records what is sent to nodes 1 to this number from now on. */
    SentScripts(Lab lab, int nodes) {
        this.lab = lab;
        for (int node = 1; node <= nodes; node++) {
            lab.ssh(node, INSTALL);
        }
    }

    /** The scripts sent to a node since the last call, without read-only ones and the lock, oldest first. */
    List<String> commands(int node) {
        String all = lab.ssh(
                node,
                "cd /run/audit; shopt -s nullglob; for f in *; do printf '%s" + END.replace("\n", "\\n")
                        + "' \"$(< $f)\"; done; rm -f *");
        return Arrays.stream(all.split(END + "|" + NEXT_SCRIPT))
                .filter(script -> !script.isBlank()
                        && !script.contains(LOCK)
                        && !PROBE_SET.matcher(script).find())
                .flatMap(sent -> SentSequence.scripts(sent).stream())
                .toList();
    }
}
