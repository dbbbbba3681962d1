package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What o2cb and mkfs.ocfs2 allow, their own holes closed: o2cb takes ports of 99999 and one address twice, mkfs.ocfs2
 * rounds sizes down and cuts the cluster's name off without a word. mkfs.ocfs2(8), o2cb(7), o2cb(8). Each check throws
 * {@link io.jenkins.plugins.drbdocfs2.check.InvalidParameterException}.
 */
public final class Ocfs2Rules {
    /** The most nodes of a cluster, and of slots of a volume. */
    public static final int MAX_NODES = 255;

    /** The smallest heartbeat threshold. */
    public static final int MIN_THRESHOLD = 7;

    /** The smallest idle timeout in milliseconds. */
    public static final int MIN_IDLE_MS = 5000;

    /** The smallest keepalive delay in milliseconds. */
    public static final int MIN_KEEPALIVE_MS = 1000;

    /** The smallest reconnect delay in milliseconds. */
    public static final int MIN_RECONNECT_MS = 2000;

    private static final long MIN_JOURNAL = 4L << 20;
    private static final int MAX_LABEL = 63;
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9]{1,16}");
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern UUID = Pattern.compile("[0-9A-F]{32}");

    private static final List<String> FEATURE_LEVELS = List.of("default", "max-compat", "max-features");
    private static final Set<String> FEATURES = Set.of(
            "local",
            "sparse",
            "backup-super",
            "unwritten",
            "extended-slotmap",
            "inline-data",
            "metaecc",
            "xattr",
            "indexed-dirs",
            "usrquota",
            "grpquota",
            "refcount",
            "discontig-bg",
            "clusterinfo",
            "append-dio");

    private Ocfs2Rules() {}

    /** A cluster's name: 16 letters and digits at most. */
    public static String clusterName(String parameter, String name) {
        return Check.matches(parameter, name, CLUSTER, "have 1 to 16 letters and digits");
    }

    /** A volume's label: less than 64 bytes, nothing invisible. */
    public static String label(String parameter, String label) {
        Check.given(parameter, label);
        ParameterText.line(parameter, label);
        Check.that(
                label.getBytes(StandardCharsets.UTF_8).length <= MAX_LABEL,
                parameter,
                label,
                "have at most " + MAX_LABEL + " bytes");
        return label;
    }

    /** The number of nodes that can mount a volume at the same time. */
    public static int nodeSlots(String parameter, long slots) {
        return Check.range(parameter, slots, 1, MAX_NODES);
    }

    /** 512 bytes to 4 KiB, a power of two. */
    public static Size blockSize(String parameter, String size) {
        return powerOfTwo(parameter, size, 512, 4096, "512, 1K, 2K or 4K");
    }

    /** 4 KiB to 1 MiB, a power of two. */
    public static Size clusterSize(String parameter, String size) {
        return powerOfTwo(parameter, size, 4096, 1 << 20, "4K, 8K, 16K, 32K, 64K, 128K, 256K, 512K or 1M");
    }

    /** The size of each slot's journal. */
    public static Size journalSize(String parameter, String size) {
        Size journal = Size.parse(parameter, size);
        Check.that(journal.toBytes() >= MIN_JOURNAL, parameter, size, "be 4M or more");
        return journal;
    }

    /** What the volume is for: mail, datafiles or vmstore. */
    public static String type(String parameter, String type) {
        return Check.oneOf(parameter, type, List.of("mail", "datafiles", "vmstore"));
    }

    /** A feature level, or features separated by commas, each may have "no" before it. */
    public static String features(String parameter, String features) {
        Check.given(parameter, features);
        for (String feature : features.split(",", -1)) {
            String name = feature.startsWith("no") ? feature.substring(2) : feature;
            Check.that(
                    FEATURE_LEVELS.contains(features) || FEATURES.contains(name),
                    parameter,
                    features,
                    "be " + String.join(", ", FEATURE_LEVELS) + ", or features of mkfs.ocfs2(8) separated by commas");
        }
        return features;
    }

    /** Whether {@link #features} are a level, for {@code --fs-feature-level}, and not a list, for {@code --fs-features}. */
    public static boolean isFeatureLevel(String features) {
        return FEATURE_LEVELS.contains(features);
    }

    /** How long a node may be silent on the disk before it counts as dead, in seconds. */
    public static int heartbeatSeconds(int threshold) {
        return (threshold - 1) * 2;
    }

    /** Checks o2cb's timeouts, in the step's parameters. */
    public static void timeouts(int heartbeatThreshold, int idleMillis, int keepaliveMillis, int reconnectMillis) {
        Check.atLeast("heartbeatThreshold", heartbeatThreshold, MIN_THRESHOLD);
        Check.atLeast("idleTimeoutMillis", idleMillis, MIN_IDLE_MS);
        Check.atLeast("keepaliveDelayMillis", keepaliveMillis, MIN_KEEPALIVE_MS);
        Check.atLeast("reconnectDelayMillis", reconnectMillis, MIN_RECONNECT_MS);
        Check.that(
                keepaliveMillis < idleMillis,
                "keepaliveDelayMillis",
                keepaliveMillis,
                "be less than idleTimeoutMillis, " + idleMillis);
    }

    /** The name that o2cb knows a node by: its host name up to the first dot. */
    public static String nodeName(String hostName) {
        int dot = hostName.indexOf('.');
        return dot < 0 ? hostName : hostName.substring(0, dot);
    }

    /**
     * Whether o2cb on a node takes a node's name in cluster.conf for its own: the host name up to one of its dots or its
     * end; letter case does not count.
     */
    public static boolean isNodeName(String name, String hostName) {
        String host = hostName.toLowerCase(Locale.ROOT) + ".";
        return !name.isEmpty() && host.startsWith(name.toLowerCase(Locale.ROOT) + ".");
    }

    /** Whether it is an IPv4 address as o2cb reads it: four numbers without leading zeros. */
    static boolean isIpv4(String address) {
        return IPV4.matcher(address).matches();
    }

    /** Checks a whole cluster. */
    public static void check(ClusterConf cluster) {
        clusterName("name", cluster.name());
        Check.oneOf(
                "heartbeat",
                cluster.heartbeatMode().word(),
                List.of(HeartbeatMode.LOCAL.word(), HeartbeatMode.GLOBAL.word()));
        Check.range("nodes", cluster.nodes().size(), 1, MAX_NODES);
        for (O2cbNode node : cluster.nodes()) {
            Check.range("node number", node.number(), 0, MAX_NODES - 1);
            Check.matches("node", node.name(), NODE, "be a host name without domain");
            Check.matches("address", node.address(), IPV4, "be an IPv4 address: o2cb takes no other");
            Check.range("port", node.port(), 1, 65535);
        }
        unique(cluster.nodes(), node -> node.name().toLowerCase(Locale.ROOT), "a name");
        unique(cluster.nodes(), O2cbNode::address, "an address");
        unique(cluster.nodes(), O2cbNode::number, "a number");
        Check.range("heartbeat regions", cluster.heartbeatRegions().size(), 0, 32);
        cluster.heartbeatRegions()
                .forEach(region -> Check.matches("heartbeat region", region, UUID, "be 32 capital hexadecimal digits"));
    }

    private static void unique(List<O2cbNode> nodes, Function<O2cbNode, Object> key, String what) {
        Set<Object> seen = new HashSet<>();
        nodes.forEach(
                node -> Check.that(seen.add(key.apply(node)), "nodes", key.apply(node), "not have " + what + " twice"));
    }

    private static Size powerOfTwo(String parameter, String text, long min, long max, String allowed) {
        Size size = Size.parse(parameter, text);
        long bytes = size.toBytes();
        Check.that(bytes >= min && bytes <= max && Long.bitCount(bytes) == 1, parameter, text, "be " + allowed);
        return size;
    }
}
