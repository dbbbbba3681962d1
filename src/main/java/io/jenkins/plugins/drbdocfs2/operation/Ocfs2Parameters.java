package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import java.util.Map;
import java.util.regex.Pattern;

/** Parameters that several OCFS2 operations have alike, and how they tell them. */
final class Ocfs2Parameters {
    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9]{1,16}");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private Ocfs2Parameters() {}

    /** Checks the name of a cluster: o2cb takes more, and mkfs.ocfs2 cuts it off on the disk without a word. */
    static void clusterName(String parameter, String name) {
        Check.matches(parameter, name, CLUSTER_NAME, "be 1 to 16 letters and digits");
    }

    /** Checks an address: o2cb knows none but IPv4. */
    static void ipv4(String parameter, String address) {
        Check.matches(parameter, address, IPV4, "be an IPv4 address, which is all that o2cb knows (set it with address: in withClusterNodes)");
    }

    /** Tells timeouts under the names of the parameters that set them. */
    static void timeouts(Map<String, Integer> timeouts, Map<String, Object> report) {
        put(report, "heartbeatThreshold", timeouts.get(O2cbTimeouts.THRESHOLD));
        put(report, "idleTimeoutMillis", timeouts.get(O2cbTimeouts.IDLE));
        put(report, "keepaliveDelayMillis", timeouts.get(O2cbTimeouts.KEEPALIVE));
        put(report, "reconnectDelayMillis", timeouts.get(O2cbTimeouts.RECONNECT));
    }

    private static void put(Map<String, Object> report, String key, Integer value) {
        if (value != null) {
            report.put(key, value);
        }
    }
}
