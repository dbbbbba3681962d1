package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.storage.OctalEscapes;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to be as before after a reboot: DRBD's roles, disks and connections, mounts, and the OCFS2 cluster.
 *
 * @param lines a line for each
 */
record NodeState(Set<String> lines) implements Serializable {
    private static final String SHELL = ShellFile.read(NodeState.class, "node-state.sh");
    private static final String END = "= end";

    /** The probe for this. */
    static final Probe<NodeState> PROBE =
            new Probe<>("node state", SHELL + "node_state", reading -> parse(reading.text()));

    NodeState {
        lines = Set.copyOf(lines);
    }

    private static NodeState parse(String text) {
        return new NodeState(new LinkedHashSet<>(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(MovedService.WORD))
                .toList()));
    }

    /** The file of a node in maintenance, with its state before; it survives whatever runs the build. */
    static final String PATH = "/var/lib/drbd-ocfs2-steps/maintenance";

    private static final Pattern PRIMARY = Pattern.compile("resource name:(\\S+) role:Primary");
    private static final Pattern MOUNT = Pattern.compile("mount (\\S+) at (\\S+)");
    private static final Pattern O2CB = Pattern.compile("o2cb cluster (\\S+) online");

    /** The state that a node is to come back to: that before its maintenance, else that of now. */
    static NodeState expected(NodeFacts node) {
        FileFact file = node.get(SystemProbes.file(PATH));
        return file.exists() ? parse(file.text()) : node.get(PROBE);
    }

    /**
     * The text of the file.
     *
     * @param moved the services that run on another node meanwhile
     */
    String text(List<MovedService> moved) {
        return Stream.concat(lines.stream().sorted(), moved.stream().map(MovedService::line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** The resources that are Primary. */
    List<String> primaries() {
        return all(PRIMARY, 1);
    }

    /** The mount points, sorted. */
    List<String> mountPoints() {
        return all(MOUNT, 2).stream().map(OctalEscapes::decode).toList();
    }

    /** The clusters that are online. */
    List<String> clusters() {
        return all(O2CB, 1);
    }

    /** The resources that are up. */
    List<String> resources() {
        return all(Pattern.compile("resource name:(\\S+) role:\\S+"), 1);
    }

    private List<String> all(Pattern form, int group) {
        return lines.stream()
                .sorted()
                .map(form::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(group))
                .toList();
    }

    /** The connections and disks only. */
    NodeState inStep() {
        return new NodeState(lines.stream()
                .filter(line -> line.matches("(connection|device|peer-device) .*"))
                .collect(Collectors.toSet()));
    }

    /** Waits until a node has all of this again. There is no event for a mount, so it looks every two seconds. */
    Await awaitOn(String node, Duration timeout) {
        return new Await(
                node,
                new Event("DRBD, OCFS2 and the mounts to be as before", "DRBD, OCFS2 and the mounts are as before"),
                SHELL + "while node_state; do echo '" + END + "'; sleep 2 || exit; done",
                progress -> new Again(),
                timeout,
                "See `systemctl --failed` and `journalctl -b` there.");
    }

    /** Compares each state of a stream. */
    private final class Again implements Watch {
        private final List<String> now = new ArrayList<>();
        private String missing = "nothing";

        @Override
        public boolean line(String line) {
            if (!line.equals(END)) {
                now.add(line);
                return false;
            }
            List<String> left =
                    lines.stream().filter(each -> !now.contains(each)).sorted().toList();
            now.clear();
            missing = String.join("; ", left);
            return left.isEmpty();
        }

        @Override
        public String last() {
            return "not yet as before: " + missing;
        }
    }
}
