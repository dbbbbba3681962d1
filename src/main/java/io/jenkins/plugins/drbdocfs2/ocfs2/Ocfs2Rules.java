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
 * The rules of o2cb and mkfs.ocfs2, stricter than these: o2cb accepts port 99999 and duplicate addresses, mkfs.ocfs2
 * silently rounds sizes down and truncates the name of the cluster. mkfs.ocfs2(8), o2cb(7), o2cb(8). Each check throws
 * {@link io.jenkins.plugins.drbdocfs2.check.InvalidParameterException}.
 */
public final class Ocfs2Rules {
    /** The most nodes of a cluster, and slots of a volume. */
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

    /** Checks the name of a cluster: at most 16 letters and digits. */
    public static String clusterName(String parameter, String name) {
        return Check.matches(parameter, name, CLUSTER, "have 1 to 16 letters and digits");
    }

    /** Checks the label of a volume: less than 64 bytes, no invisible characters. */
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

    /** Checks the number of nodes that can mount a volume at the same time. */
    public static int nodeSlots(String parameter, long slots) {
        return Check.range(parameter, slots, 1, MAX_NODES);
    }

    /** Checks a block size: a power of two from 512 bytes to 4 KiB. */
    public static Size blockSize(String parameter, String size) {
        return powerOfTwo(parameter, size, 512, 4096, "512, 1K, 2K or 4K");
    }

    /** 4 KiB to 1 MiB, a power of two. */
    public static Size clusterSize(String parameter, String size) {
        return powerOfTwo(parameter, size, 4096, 1 << 20, "4K, 8K, 16K, 32K, 64K, 128K, 256K, 512K or 1M");
    }

    /** Checks the size of the journal of each slot. */
    public static Size journalSize(String parameter, String size) {
        Size journal = Size.parse(parameter, size);
        Check.that(journal.toBytes() >= MIN_JOURNAL, parameter, size, "be 4M or more");
        return journal;
    }

    /** Checks the use of the volume: mail, datafiles or vmstore. */
    public static String type(String parameter, String type) {
        return Check.oneOf(parameter, type, List.of("mail", "datafiles", "vmstore"));
    }

    /** Checks a feature level, or features separated by commas, each possibly with the prefix "no". */
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

    /** Whether these {@link #features} are a level for {@code --fs-feature-level}, not a list for {@code --fs-features}. */
    public static boolean isFeatureLevel(String features) {
        return FEATURE_LEVELS.contains(features);
    }

    /** The seconds without a heartbeat on the disk after which a node counts as dead. */
    public static int heartbeatSeconds(int threshold) {
        return (threshold - 1) * 2;
    }

    /** Checks the timeouts of o2cb in the parameters of the step. */
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

    /** The name of a node in o2cb: its host name up to the first dot. */
    public static String nodeName(String hostName) {
        int dot = hostName.indexOf('.');
        return dot < 0 ? hostName : hostName.substring(0, dot);
    }

    /**
     * Whether o2cb on a node takes a name in cluster.conf for the node's own: the host name, complete or cut at a dot, in
     * any letter case.
     */
    public static boolean isNodeName(String name, String hostName) {
        String host = hostName.toLowerCase(Locale.ROOT) + ".";
        return !name.isEmpty() && host.startsWith(name.toLowerCase(Locale.ROOT) + ".");
    }

    /** Whether it is an IPv4 address in the notation of o2cb: four numbers without leading zeros. */
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
