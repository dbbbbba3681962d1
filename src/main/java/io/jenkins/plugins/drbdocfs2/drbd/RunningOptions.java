package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Options of a running resource, from any file: {@code drbdsetup show}. Only the options that an operation needs, so no
 * secret is among them.
 *
 * @param verifyAlgorithm the digest algorithm of the online verify; empty if none is set
 * @param sizeLimited whether the {@code size} of a volume is smaller than its disk
 * @param addresses the addresses and ports of both ends of its connections, such as {@code 10.0.0.1:7789}
 * @param nodeIds the node-ids of DRBD 9 by node name; that of the node itself has an empty name
 */
public record RunningOptions(
        String verifyAlgorithm, boolean sizeLimited, Set<String> addresses, Map<String, Integer> nodeIds)
        implements Serializable {
    private static final String SCRIPT = ShellFile.read(RunningOptions.class, "running-options.sh");

    /** A resource that is down. */
    public static final RunningOptions NONE = new RunningOptions("", false, Set.of());

    public RunningOptions {
        addresses = Set.copyOf(addresses);
        nodeIds = ImmutableCopies.of(nodeIds);
    }

    /** Options without node-ids: DRBD 8 has none. */
    public RunningOptions(String verifyAlgorithm, boolean sizeLimited, Set<String> addresses) {
        this(verifyAlgorithm, sizeLimited, addresses, Map.of());
    }

    /** Probes the options of a resource. */
    public static Probe<RunningOptions> probe(String resource) {
        return Probe.tame("drbd options " + resource, ShellFile.with(SCRIPT, resource), RunningOptions::parse);
    }

    static RunningOptions parse(Reading reading) {
        String algorithm = "";
        boolean limited = false;
        Set<String> addresses = new LinkedHashSet<>();
        Map<String, Integer> ids = new LinkedHashMap<>();
        String peer = "";
        for (String line : reading.text().split("\n")) {
            String[] words = line.strip().split(" ", 2);
            if (words.length == 2 && words[0].equals("verify-alg")) {
                algorithm = words[1];
            } else if (words.length == 2 && words[0].equals("size")) {
                limited |= !words[1].matches("0[a-zA-Z]?");
            } else if (words.length == 2 && words[0].equals("address")) {
                addresses.add(words[1]);
            } else if (words.length == 2 && words[0].equals("node-id") && words[1].matches("\\d{1,2}")) {
                ids.put("", Integer.valueOf(words[1]));
            } else if (words.length == 2 && words[0].equals("_peer_node_id")) {
                peer = words[1];
            } else if (words.length == 2 && words[0].equals("_name") && peer.matches("\\d{1,2}")) {
                ids.put(words[1], Integer.valueOf(peer));
            }
        }
        return new RunningOptions(algorithm, limited, addresses, ids);
    }
}
