package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConfStanzas.Stanza;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parses clusters from the stanzas of cluster.conf as o2cb does (o2cb_config.c of ocfs2-tools): in any order, ignoring
 * unknown stanzas and those of no cluster. It refuses what o2cb refuses.
 */
final class ClusterConfParser {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "cluster", Set.of("name", "heartbeat_mode", "node_count"),
            "node", Set.of("cluster", "number", "name", "ip_address", "ip_port"),
            "heartbeat", Set.of("cluster", "region"));

    private final List<Stanza> stanzas;

    private ClusterConfParser(List<Stanza> stanzas) {
        this.stanzas = stanzas;
    }

    static List<ClusterConf> parse(String text) {
        return new ClusterConfParser(ClusterConfStanzas.read(text).stanzas()).clusters();
    }

    /** The lines of a file that o2cb ignores. */
    static List<String> ignored(String text) {
        ClusterConfStanzas file = ClusterConfStanzas.read(text);
        Set<String> names = new HashSet<>();
        file.stanzas().stream()
                .filter(stanza -> stanza.kind().equals("cluster"))
                .forEach(stanza -> names.add(stanza.attributes().get("name")));
        Map<Integer, String> ignored = new TreeMap<>();
        file.comments().forEach(line -> ignored.put(line, "a comment"));
        for (Stanza stanza : file.stanzas()) {
            String cluster = stanza.attributes().getOrDefault("cluster", "");
            Set<String> known = KNOWN.get(stanza.kind());
            if (known == null) {
                ignored.put(stanza.line(), "the stanza " + Check.quoted(stanza.kind()));
            } else if (!stanza.kind().equals("cluster") && !names.contains(cluster)) {
                ignored.put(
                        stanza.line(),
                        "a " + stanza.kind() + " of " + Check.quoted(cluster) + ", a cluster that is not defined");
            } else if (!known.containsAll(stanza.attributes().keySet())) {
                ignored.put(stanza.line(), "further attributes of the " + stanza.kind());
            }
        }
        return ignored.entrySet().stream()
                .map(entry -> "line " + entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    private List<ClusterConf> clusters() {
        List<ClusterConf> clusters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Stanza stanza : stanzas) {
            if (stanza.kind().equals("cluster")) {
                String name = get(stanza, "name");
                if (!names.add(name)) {
                    throw new TextFormatException(
                            stanza.line(), 0, "the cluster " + Check.quoted(name) + " is there twice");
                }
                clusters.add(cluster(stanza, name));
            }
        }
        return clusters;
    }

    private ClusterConf cluster(Stanza cluster, String name) {
        Reported<HeartbeatMode> mode = HeartbeatMode.parse(cluster.attributes()
                .getOrDefault("heartbeat_mode", HeartbeatMode.LOCAL.word())
                .toLowerCase(Locale.ROOT));
        if (mode.is(HeartbeatMode.UNKNOWN)) {
            throw new TextFormatException(
                    cluster.line(), 0, "heartbeat_mode is " + Check.quoted(mode.word()) + ", neither local nor global");
        }
        List<O2cbNode> nodes = new ArrayList<>();
        Set<String> nodeNames = new HashSet<>();
        for (Stanza part : parts("node", name)) {
            nodes.add(node(part));
            if (!nodeNames.add(get(part, "name"))) {
                throw new TextFormatException(
                        part.line(), 0, "the node " + Check.quoted(get(part, "name")) + " is there twice");
            }
        }
        number(cluster, "node_count", 0xffff_ffffL);
        Set<String> regions = new LinkedHashSet<>();
        for (Stanza part : parts("heartbeat", name)) {
            if (!regions.add(get(part, "region"))) {
                throw new TextFormatException(
                        part.line(), 0, "the region " + Check.quoted(get(part, "region")) + " is there twice");
            }
        }
        return new ClusterConf(name, mode, nodes, List.copyOf(regions));
    }

    private O2cbNode node(Stanza node) {
        int number = (int) number(node, "number", Integer.MAX_VALUE - 1L);
        String name = get(node, "name");
        String address = get(node, "ip_address");
        if (!Ocfs2Rules.isIpv4(address)) {
            throw new TextFormatException(
                    node.line(), 0, "ip_address is " + Check.quoted(address) + ", no IPv4 address");
        }
        return new O2cbNode(number, name, address, (int) number(node, "ip_port", Integer.MAX_VALUE));
    }

    private List<Stanza> parts(String kind, String cluster) {
        return stanzas.stream()
                .filter(stanza -> stanza.kind().equals(kind)
                        && cluster.equals(stanza.attributes().get("cluster")))
                .toList();
    }

    private static String get(Stanza stanza, String attribute) {
        String value = stanza.attributes().getOrDefault(attribute, "");
        if (value.isEmpty()) {
            throw attribute.equals("node_count")
                    ? new TextFormatException(
                            stanza.line(),
                            0,
                            "the " + stanza.kind() + " has no node_count, without which o2cb does not read the file")
                    : new TextFormatException(stanza.line(), 0, "the " + stanza.kind() + " has no " + attribute);
        }
        if (value.indexOf('\n') >= 0) {
            throw new TextFormatException(
                    stanza.line(), 0, attribute + " continues on a second line, which no cluster can use");
        }
        return value;
    }

    private static long number(Stanza stanza, String attribute, long most) {
        String value = get(stanza, attribute);
        if (!value.matches("[+-]?\\d{1,40}")) {
            throw new TextFormatException(
                    stanza.line(), 0, attribute + " is " + Check.quoted(value) + ", not a number");
        }
        BigInteger number = new BigInteger(value);
        if (number.signum() < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new TextFormatException(stanza.line(), 0, attribute + " is " + value + ", too large a number");
        }
        return number.longValue();
    }
}
