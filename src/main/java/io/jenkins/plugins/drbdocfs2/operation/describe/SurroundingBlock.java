package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of the surrounding withClusterNodes, for the same block in the described Jenkinsfile. Secrets are not among
 * them.
 *
 * @param cluster the name of the configured cluster; null if there is none
 * @param nodes its nodes
 * @param credentialsIds the ID of the credentials of each node, by its name
 * @param sudo whether scripts run as root through sudo
 * @param hostKeys the verification of host keys; null for the default
 */
public record SurroundingBlock(
        String cluster, List<Node> nodes, Map<String, String> credentialsIds, boolean sudo, HostKeysCall hostKeys)
        implements Serializable {
    private static final int SSH_PORT = 22;

    /**
     * The verification of host keys as a Jenkinsfile has it.
     *
     * @param symbol its name
     * @param arguments its arguments
     */
    public record HostKeysCall(String symbol, Map<String, String> arguments) implements Serializable {
        public HostKeysCall {
            arguments = Map.copyOf(arguments);
        }
    }

    /** A block of which nothing is known. */
    public static final SurroundingBlock UNKNOWN = new SurroundingBlock(null, List.of(), Map.of(), false, null);

    public SurroundingBlock {
        nodes = List.copyOf(nodes);
        credentialsIds = new LinkedHashMap<>(credentialsIds);
        credentialsIds.values().removeIf(Objects::isNull);
    }

    /**
     * The arguments of the block for these nodes, one per line.
     *
     * @param described the nodes as the Jenkinsfile is to name them
     */
    List<String> arguments(List<Node> described) {
        List<String> arguments = new ArrayList<>();
        if (cluster != null && described.equals(nodes)) {
            arguments.add("cluster: " + GroovyText.quoted(cluster));
            return arguments;
        }
        List<String> ids = described.stream()
                .map(node -> credentialsIds.get(node.name()))
                .distinct()
                .toList();
        boolean same = ids.size() == 1;
        StringBuilder list = new StringBuilder("nodes: [\n");
        described.forEach(node ->
                list.append("        ").append(GroovyText.of(node(node, same))).append(",\n"));
        arguments.add(list.append("    ]").toString());
        if (same && ids.get(0) != null) {
            arguments.add("credentialsId: " + GroovyText.quoted(ids.get(0)));
        }
        if (sudo) {
            arguments.add("sudo: true");
        }
        if (hostKeys != null) {
            String call = new StepCall(hostKeys.symbol(), Map.copyOf(hostKeys.arguments())).onOneLine();
            arguments.add("hostKeys: " + call);
        }
        return arguments;
    }

    private Map<String, Object> node(Node node, boolean sameCredentials) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", node.name());
        map.put("host", node.host());
        if (node.port() != SSH_PORT) {
            map.put("port", node.port());
        }
        if (!node.address().equals(node.host())) {
            map.put("address", node.address());
        }
        if (!sameCredentials && credentialsIds.get(node.name()) != null) {
            map.put("credentialsId", credentialsIds.get(node.name()));
        }
        return map;
    }
}
