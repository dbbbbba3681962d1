package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The probes for one node, run in one round trip: one script runs all of them, and marks the start and end of each answer
 * with a random word.
 *
 * @param probes the probes, without duplicates
 * @param rootOnly whether the first one is {@link NodeIdentity#PROBE}, and the only one that runs as another user than root
 */
public record ProbeSet(List<Probe<?>> probes, boolean rootOnly) {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int OUTPUT_LIMIT = 16 * 1024 * 1024;
    private static final int MAX_ERRORS = 500;
    // messages about files that do not exist
    private static final Pattern OF_THE_SHELL =
            Pattern.compile(".*(cannot open|[Dd]irectory nonexistent|read error|arithmetic expression).*");

    /** A set of these probes without duplicates. */
    public static ProbeSet of(Probe<?>... probes) {
        return of(Arrays.asList(probes));
    }

    /** A set of these probes without duplicates. */
    public static ProbeSet of(Collection<? extends Probe<?>> probes) {
        return new ProbeSet(List.copyOf(new LinkedHashSet<>(probes)), false);
    }

    /** This set with more probes. */
    public ProbeSet and(Probe<?>... more) {
        return and(Arrays.asList(more));
    }

    /** This set with more probes. */
    public ProbeSet and(Collection<? extends Probe<?>> more) {
        List<Probe<?>> all = new ArrayList<>(probes);
        all.addAll(more);
        return of(all);
    }

    /** This set without the probes whose facts are known. */
    public ProbeSet missingIn(NodeFacts known) {
        return new ProbeSet(
                probes.stream().filter(probe -> !known.has(probe)).toList(),
                rootOnly && !known.has(NodeIdentity.PROBE));
    }

    /**
     * This set, preceded by the identity: as another user than root nothing more runs. Even read-only tools leave traces
     * that can hinder root: root cannot open drbdmeta's lock files in /run/lock of another user (fs.protected_regular,
     * proc_sys_fs(5)).
     */
    public ProbeSet asRoot() {
        return new ProbeSet(of(NodeIdentity.PROBE).and(probes).probes, true);
    }

    /** Whether there are no probes. */
    public boolean isEmpty() {
        return probes.isEmpty();
    }

    /**
     * Runs the probes on a node.
     *
     * @throws RemoteException if the node is unreachable, or its answer is incomplete
     * @throws InterruptedException if the thread was interrupted
     */
    public NodeFacts run(Remote remote) throws RemoteException, InterruptedException {
        String mark = "@@" + UUID.randomUUID();
        Script script = Script.of(script(mark))
                .withTimeout(TIMEOUT)
                .withOutputLimit(OUTPUT_LIMIT)
                .asReadOnly();
        double before = now();
        ScriptResult result = remote.run(script);
        double after = now();
        return read(remote.node(), result, mark)
                .with(ProbeOutcome.PROBE, ProbeOutcome.answered(before, after, processes(result.stdout(), mark)));
    }

    private static Object parsed(Node node, Probe<?> probe, Reading reading) throws RemoteException {
        try {
            if (reading.text().indexOf('\0') >= 0) {
                // No valid output has one; a file may have some after a power failure
                throw new TextFormatException("there are NUL characters in it");
            }
            return probe.parser().apply(reading);
        } catch (IllegalArgumentException e) {
            throw new RemoteException(
                    node.name(),
                    RemoteException.Kind.LOST,
                    "The answer of " + node.name() + " to the probe '" + probe.key() + "' is not understood: "
                            + e.getMessage()
                            + ". The probe changed nothing. See what the tool of this probe prints on the node, and "
                            + "whether its version is unusual",
                    e);
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    /** The number of process IDs given out from the first probe to the last; -1 if it is unknown or they began again. */
    private static int processes(String stdout, String mark) {
        Matcher counted =
                Pattern.compile("\n" + mark + " # (\\d{1,9}) (\\d{1,9})\n").matcher(stdout);
        return counted.find()
                ? Math.max(-1, Integer.parseInt(counted.group(2)) - Integer.parseInt(counted.group(1)))
                : -1;
    }

    /**
     * Counts processes by the last process ID in proc_loadavg(5), which needs no process. Marks the end of an answer and what
     * follows at once: each output of a shell becomes a packet of SSH.
     */
    String script(String mark) {
        StringBuilder text = new StringBuilder("read -r _ _ _ _ first_pid < /proc/loadavg\n");
        String end = "\\n%s = %s\\n";
        String code = mark + " $code ";
        for (int i = 0; i < probes.size(); i++) {
            String start = mark + " " + i;
            text.append("printf '").append(i == 0 ? "" : end).append("%s %s\\n' ");
            text.append(i == 0 ? "" : code).append(start).append('\n');
            text.append("printf '%s %s\\n' ").append(start).append(" >&2\n");
            boolean tame = probes.get(i).tame();
            text.append(tame ? "{\n" : "(\n").append(probes.get(i).script()).append(tame ? "\n}\n" : "\n)\n");
            text.append("code=$?\n");
            if (rootOnly && i == 0) {
                text.append(NodeIdentity.USER_ID).append("\n[ \"$uid\" = 0 ] || { printf '");
                text.append(end).append("' ").append(code).append("; exit 0; }\n");
            }
        }
        text.append("read -r _ _ _ _ last_pid < /proc/loadavg\nprintf '")
                .append(end)
                .append("\\n%s # %s %s\\n' ");
        return text.append(code)
                .append(mark)
                .append(" \"$first_pid\" \"$last_pid\"\n")
                .toString();
    }

    NodeFacts read(Node node, ScriptResult result, String mark) throws RemoteException {
        if (result.cut()) {
            throw new RemoteException(
                    node.name(),
                    RemoteException.Kind.LOST,
                    "The probes of " + node.name() + " printed more than the limit of " + OUTPUT_LIMIT
                            + " bytes."
                            + " They changed nothing. Is a file of DRBD, OCFS2 or fstab there unusually"
                            + " large, or the list of mounts unusually long?",
                    null);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> diagnostics = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < probes.size(); i++) {
            String head = mark + " " + i + "\n";
            int begin = result.stdout().indexOf(head, at);
            int end = begin < 0 ? -1 : result.stdout().indexOf("\n" + mark + " = ", begin + head.length() - 1);
            int stop = end < 0 ? -1 : result.stdout().indexOf('\n', end + 1);
            String code = stop < 0 ? "" : result.stdout().substring(end + mark.length() + 4, stop);
            if (!code.matches("\\d{1,3}")) {
                throw new RemoteException(
                        node.name(),
                        RemoteException.Kind.LOST,
                        "The probes of " + node.name() + " gave an incomplete answer: they ended (exit code "
                                + result.exitCode()
                                + ") at the probe '" + probes.get(i).key()
                                + "'. They changed nothing. Is /bin/sh on the node a POSIX shell, and its"
                                + " memory and /tmp not full?",
                        null);
            }
            String text = result.stdout().substring(Math.min(begin + head.length(), end), end);
            Object value = parsed(node, probes.get(i), new Reading(Integer.parseInt(code), text));
            values.put(probes.get(i).key(), value);
            diagnostics.put(
                    probes.get(i).key(),
                    diagnostics(result.stderr(), mark, i) + (code.equals("0") ? "" : " (exit code " + code + ")"));
            if (rootOnly && value instanceof NodeIdentity identity && identity.userId() != 0) {
                break;
            }
            at = stop;
        }
        return new NodeFacts(node, values, diagnostics);
    }

    /** The end of the standard error of a probe's tools, on one line, without the messages of the shell. */
    private static String diagnostics(String stderr, String mark, int number) {
        String head = mark + " " + number + "\n";
        int begin = stderr.indexOf(head);
        if (begin < 0) {
            return "";
        }
        int end = stderr.indexOf(mark + " " + (number + 1) + "\n", begin);
        String words = stderr.substring(begin + head.length(), end < 0 ? stderr.length() : end)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !OF_THE_SHELL.matcher(line).matches())
                .collect(Collectors.joining(" "));
        String last = words.length() > MAX_ERRORS ? "…" + words.substring(words.length() - MAX_ERRORS) : words;
        return Check.visible(last.replaceFirst("[.:\\s]+$", ""));
    }
}
