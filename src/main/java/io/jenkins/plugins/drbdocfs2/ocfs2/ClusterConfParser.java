package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads cluster.conf: stanzas named in the first column, with indented attributes. */
final class ClusterConfParser {
    private static final Set<String> STANZAS = Set.of("cluster", "node", "heartbeat");

    private record Stanza(String kind, int line, Map<String, String> attributes) {
        String get(String attribute) {
            String value = attributes.get(attribute);
            if (value == null || value.isEmpty()) {
                throw new TextFormatException(line, 0, "the " + kind + " has no " + attribute);
            }
            return value;
        }

        int number(String attribute) {
            String value = get(attribute);
            if (!value.matches("\\d{1,6}")) {
                throw new TextFormatException(line, 0, attribute + " is " + Check.quoted(value) + ", not a number");
            }
            return Integer.parseInt(value);
        }
    }

    private ClusterConfParser() {}

    static List<ClusterConf> parse(String text) {
        List<Stanza> stanzas = stanzas(text);
        Map<String, List<Stanza>> parts = new HashMap<>();
        for (Stanza stanza : stanzas) {
            if (stanza.kind.equals("cluster")) {
                if (parts.put(stanza.get("name"), new ArrayList<>()) != null) {
                    throw new TextFormatException(
                            stanza.line, 0, "the cluster " + Check.quoted(stanza.get("name")) + " is there twice");
                }
            } else if (!parts.containsKey(stanza.get("cluster"))) {
                throw new TextFormatException(
                        stanza.line,
                        0,
                        "the " + stanza.kind + "'s cluster " + Check.quoted(stanza.get("cluster"))
                                + " is not in the file before it");
            } else {
                parts.get(stanza.get("cluster")).add(stanza);
            }
        }
        List<ClusterConf> clusters = new ArrayList<>();
        for (Stanza stanza : stanzas) {
            if (stanza.kind.equals("cluster")) {
                clusters.add(cluster(stanza, parts.get(stanza.get("name"))));
            }
        }
        return clusters;
    }

    private static ClusterConf cluster(Stanza cluster, List<Stanza> parts) {
        List<ClusterNode> nodes = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        for (Stanza part : parts) {
            if (part.kind.equals("node")) {
                nodes.add(new ClusterNode(
                        part.number("number"), part.get("name"), part.get("ip_address"), part.number("ip_port")));
            } else {
                regions.add(part.get("region"));
            }
        }
        String mode = cluster.attributes.getOrDefault("heartbeat_mode", ClusterConf.LOCAL);
        return new ClusterConf(cluster.get("name"), mode, nodes, regions);
    }

    private static List<Stanza> stanzas(String text) {
        List<Stanza> stanzas = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (line.indexOf('\r') >= 0) {
                throw new TextFormatException(i + 1, line.indexOf('\r') + 1, "a Windows line end: o2cb refuses it");
            }
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            if (!Character.isWhitespace(line.charAt(0))) {
                stanzas.add(new Stanza(kind(content, i + 1), i + 1, new LinkedHashMap<>()));
            } else {
                attribute(content, i + 1, stanzas);
            }
        }
        return stanzas;
    }

    private static String kind(String content, int line) {
        String kind = content.endsWith(":")
                ? content.substring(0, content.length() - 1).strip()
                : "";
        if (!STANZAS.contains(kind)) {
            throw new TextFormatException(
                    line, 1, Check.quoted(content) + " is neither cluster:, node: nor heartbeat:, nor is it indented");
        }
        return kind;
    }

    private static void attribute(String content, int line, List<Stanza> stanzas) {
        int equals = content.indexOf('=');
        if (stanzas.isEmpty() || equals < 1) {
            throw new TextFormatException(line, 1, Check.quoted(content) + " is no attribute of a stanza");
        }
        Map<String, String> attributes = stanzas.get(stanzas.size() - 1).attributes;
        attributes.put(
                content.substring(0, equals).strip(),
                content.substring(equals + 1).strip());
    }
}
