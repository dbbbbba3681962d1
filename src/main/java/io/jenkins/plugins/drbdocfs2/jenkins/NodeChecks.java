package io.jenkins.plugins.drbdocfs2.jenkins;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the parameters of withClusterNodes. */
public final class NodeChecks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,253}");
    private static final Pattern ADDRESS = Pattern.compile(
            "([0-9]{1,3}(\\.[0-9]{1,3}){3})|([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)|([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)");
    private static final int MAX_TIMEOUT_SECONDS = 3600;

    private NodeChecks() {}

    /**
     * Checks the nodes.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if one is not valid or not unique
     */
    public static void check(List<Node> nodes) {
        Check.that(
                !nodes.isEmpty(),
                "nodes",
                null,
                "be given: a list such as [[name: 'sv1', host: '192.168.0.1'], ...]; or use cluster: the name of a cluster"
                        + " in the Jenkins configuration");
        Set<String> names = new HashSet<>();
        Set<String> doors = new HashSet<>();
        for (Node node : nodes) {
            checkName("name of a node", node.name());
            Check.that(names.add(node.name()), "name of a node", node.name(), "not be given twice");
            String of = " of node " + node.name();
            checkHost("host" + of, node.host());
            DrbdRules.port("port" + of, node.port());
            checkAddress("address" + of, node.address());
            String door = node.host() + " port " + node.port();
            Check.that(doors.add(door), "host" + of, door, "not be that of another node");
        }
    }

    /**
     * Checks the name of a node.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is not a host name
     */
    public static void checkName(String parameter, String name) {
        Check.matches(parameter, name, NAME, "be the host name that `uname -n` prints");
    }

    static void checkHost(String parameter, String host) {
        Check.matches(parameter, host, HOST, "be a host name or an address");
    }

    static void checkAddress(String parameter, String address) {
        Check.matches(parameter, address, ADDRESS, "be an IP address of the node");
    }

    /**
     * Checks the connect timeout.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is not 1 s to an hour
     */
    public static void checkTimeout(int seconds) {
        Check.range("connectTimeoutSeconds", seconds, 1, MAX_TIMEOUT_SECONDS);
    }
}
