package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Probes of a node's network. They do not need iproute2, ping or netcat. */
public final class NetworkProbes {
    private static final int SECONDS = 4;
    private static final String REACH = ShellFile.read(NetworkProbes.class, "reach.sh");

    private NetworkProbes() {}

    /** The result of a connection attempt. */
    public enum Reach {
        /** Something listens. */
        OPEN,
        /** Refused: nothing listens, but the node is reachable. */
        REFUSED,
        /** No answer: usually a firewall that drops packets, or no machine at this address. */
        TIMEOUT,
        /** No route, or rejected by a firewall. */
        NO_ROUTE,
        /** The test was not possible. */
        UNKNOWN
    }

    /** Probes the node's own IP addresses, in the form of {@link #canonical}; empty if unknown. */
    public static final Probe<Set<String>> ADDRESSES = new Probe<>(
            "addresses",
            "cat /proc/net/fib_trie; echo =; cat /proc/net/if_inet6; echo =; hostname -I; true",
            NetworkProbes::addresses);

    /**
     * Probes TCP connections to these addresses and ports, in parallel, for at most four seconds each. The answer is by
     * {@link #place}; it is empty if bash with /dev/tcp or timeout(1) is missing.
     */
    public static Probe<Map<String, Reach>> reach(Collection<String> addresses, Collection<Integer> ports) {
        String hosts = Sh.command(List.copyOf(addresses));
        String numbers = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
        List<String> words = new ArrayList<>(List.of(String.valueOf(SECONDS), numbers));
        words.addAll(addresses);
        return new Probe<>(
                "reach " + hosts + " : " + numbers,
                addresses.isEmpty() ? "true" : ShellFile.with(REACH, words.toArray(String[]::new)),
                NetworkProbes::reached);
    }

    /** An address with a port, as one text. */
    public static String place(String address, int port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    /**
     * The canonical form of an IP address; empty if the text is not an address, such as a host name. It never asks a name
     * server.
     */
    public static Optional<String> canonical(String address) {
        boolean v4 = address.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        boolean v6 = address.contains(":") && address.matches("[0-9A-Fa-f:.]+");
        try {
            return v4 || v6 ? Optional.of(InetAddress.getByName(address).getHostAddress()) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Set<String> addresses(Reading reading) {
        Set<String> found = new LinkedHashSet<>();
        String[] parts = reading.text().split("(?m)^=$", -1);
        String last = "";
        for (String line : parts[0].split("\n")) {
            String text = line.strip();
            if (text.startsWith("|-- ") || text.startsWith("+-- ")) {
                last = text.substring(4);
            } else if (text.startsWith("/32 host LOCAL")) {
                canonical(last).ifPresent(found::add);
            }
        }
        if (parts.length == 3) {
            for (String line : parts[1].split("\n")) {
                if (line.matches("[0-9a-f]{32} .*")) {
                    canonical(line.substring(0, 32).replaceAll("(.{4})(?!$)", "$1:"))
                            .ifPresent(found::add);
                }
            }
            for (String word : parts[2].split("\\s+")) {
                canonical(word).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Map<String, Reach> reached(Reading reading) {
        Map<String, Reach> reached = new LinkedHashMap<>();
        for (String line : reading.text().split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[1].matches("\\d{1,5}")) {
                reached.put(place(words[0], Integer.parseInt(words[1])), reach(words[2]));
            }
        }
        return reached;
    }

    private static Reach reach(String word) {
        return Arrays.stream(Reach.values())
                .filter(reach -> reach.name().equals(word))
                .findFirst()
                .orElse(Reach.UNKNOWN);
    }
}
