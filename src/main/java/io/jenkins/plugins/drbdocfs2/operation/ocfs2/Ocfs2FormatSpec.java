package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The requested OCFS2 filesystem: the parameters of {@link Ocfs2Format} with the values that follow from the nodes. */
final class Ocfs2FormatSpec {
    private static final long MIN_FOR_LARGE_FILES = 2L << 30;

    private final Ocfs2Format format;
    private final int slots;
    private final String cluster;

    /**
     * @param format the parameters, checked
     * @param nodes the number of nodes
     * @param cluster the name of its cluster
     */
    Ocfs2FormatSpec(Ocfs2Format format, int nodes, String cluster) {
        this.format = format;
        this.slots = format.nodeSlots() == null ? nodes : format.nodeSlots();
        this.cluster = cluster;
    }

    /** Checks the parameters that are words or sizes of mkfs.ocfs2. */
    void check() {
        size(format.blockSize(), text -> Ocfs2Rules.blockSize("blockSize", text));
        size(format.clusterSize(), text -> Ocfs2Rules.clusterSize("clusterSize", text));
        size(format.journalSize(), text -> Ocfs2Rules.journalSize("journalSize", text));
        if (format.type() != null) {
            Ocfs2Rules.type("type", format.type());
        }
        if (format.features() != null) {
            Ocfs2Rules.features("features", format.features());
            List<String> words = Arrays.asList(format.features().split(","));
            Check.that(
                    !words.contains("local") && !words.contains("noclusterinfo"),
                    "features",
                    format.features(),
                    "not hold local or noclusterinfo, with which the filesystem would not be bound to its cluster");
        }
    }

    private static Size size(String text, Function<String, Size> parse) {
        return text == null ? null : parse.apply(text);
    }

    private Size blockSize() {
        return size(format.blockSize(), text -> Size.parse("blockSize", text));
    }

    private Size clusterSize() {
        return size(format.clusterSize(), text -> Size.parse("clusterSize", text));
    }

    private Size journalSize() {
        return size(format.journalSize(), text -> Size.parse("journalSize", text));
    }

    /** The differences of an existing filesystem from the request; more slots are fine, and any cluster that mounts it. */
    List<String> differences(Ocfs2Volume found) {
        return differences(found, format.cluster() == null && found.stack().equals(Ocfs2Volume.CLASSIC));
    }

    private List<String> differences(Ocfs2Volume found, boolean ofAnyCluster) {
        List<String> differences = new ArrayList<>();
        if (format.label() != null && !format.label().equals(found.label())) {
            differences.add((found.label().isEmpty() ? "it has no label" : "its label is '" + found.label() + "'")
                    + ", not '" + format.label() + "'");
        }
        if (found.slots() < slots) {
            differences.add("it has " + found.slots() + " node slots, not " + slots);
        }
        if (!ofAnyCluster && !(found.stack().equals("o2cb") && found.cluster().equals(cluster))) {
            differences.add(
                    found.cluster().isEmpty()
                            ? "it is bound to no cluster, not to '" + cluster + "'"
                            : "it is bound to the cluster '" + found.cluster() + "' (" + found.stack() + "), not to '"
                                    + cluster + "' (o2cb)");
        }
        compare(differences, "block size", blockSize(), found.blockSize());
        compare(differences, "cluster size", clusterSize(), found.clusterSize());
        return differences;
    }

    /** The same for a new filesystem, whose journal must match too. */
    List<String> differencesAfterwards(Ocfs2Volume made) {
        List<String> differences = differences(made, false);
        if (made.slots() != slots && made.slots() > slots) {
            differences.add("it has " + made.slots() + " node slots, not " + slots);
        }
        compare(differences, "journal size", journalSize(), made.journalBytes());
        return differences;
    }

    private static void compare(List<String> differences, String what, Size wanted, long found) {
        if (wanted != null && found > 0 && wanted.toBytes() != found) {
            differences.add("its " + what + " is " + new Size(found) + ", not " + wanted);
        }
    }

    /** Refuses what cannot fit on the device. */
    void checkFits(String node, BlockDevice device, Refusals refusals) {
        if (device.bytes() <= 0) {
            return;
        }
        String has = device.path() + " has " + new Size(device.bytes());
        Size journal = journalSize();
        if (journal != null && journal.toBytes() * slots >= device.bytes()) {
            refusals.add(Refusal.of(DeviceRefusal.TOO_SMALL)
                    .on(node)
                    .found(has + ", and " + slots + " journals of " + journal + " do not fit on it")
                    .remedy("Choose a smaller journalSize or fewer nodeSlots"));
        }
        boolean large = "datafiles".equals(format.type()) || "vmstore".equals(format.type());
        if (large && device.bytes() < MIN_FOR_LARGE_FILES) {
            refusals.add(Refusal.of(DeviceRefusal.TOO_SMALL)
                    .on(node)
                    .found(has + ", and mkfs.ocfs2 makes type " + format.type() + " from 2G on")
                    .remedy("Omit type or choose a larger device"));
        }
    }

    /**
     * The command that creates it, without questions: mkfs.ocfs2 does not ask about foreign content, and {@code -x}
     * suppresses the question about OCFS2.
     *
     * @param overOcfs2 whether it overwrites an OCFS2 filesystem that overwrite names
     * @param checksCluster whether its cluster is online here, so that mkfs.ocfs2 can check that no node has it
     *     mounted; otherwise {@code -F} suppresses this check
     */
    List<String> command(boolean overOcfs2, boolean checksCluster) {
        List<String> words = new ArrayList<>(List.of("mkfs.ocfs2"));
        if (overOcfs2) {
            words.add("-x");
            if (!checksCluster) {
                words.add("-F");
            }
        }
        option(words, "--block-size", blockSize());
        option(words, "--cluster-size", clusterSize());
        option(words, "-J", journalSize() == null ? null : "size=" + plain(journalSize()));
        option(words, "-T", format.type());
        option(words, "--node-slots", slots);
        option(words, "--label", format.label());
        words.addAll(List.of("--mount", "cluster"));
        if (format.features() != null) {
            String name = Ocfs2Rules.isFeatureLevel(format.features()) ? "--fs-feature-level=" : "--fs-features=";
            words.add(name + format.features());
        }
        words.addAll(List.of("--cluster-stack=o2cb", "--cluster-name=" + cluster, format.device()));
        return words;
    }

    private static void option(List<String> words, String option, Object value) {
        if (value != null) {
            words.addAll(List.of(option, value instanceof Size size ? plain(size) : value.toString()));
        }
    }

    // mkfs.ocfs2 has no unit for bytes.
    private static String plain(Size size) {
        String text = size.toString();
        return text.endsWith("b") ? text.substring(0, text.length() - 1) : text;
    }

    /** The simulated filesystem for later steps of a dry run. */
    Ocfs2Volume assumed() {
        Size block = blockSize();
        Size ofCluster = clusterSize();
        return new Ocfs2Volume(
                format.label() == null ? "" : format.label(),
                "",
                block == null ? 4096 : (int) block.toBytes(),
                ofCluster == null ? 4096 : (int) ofCluster.toBytes(),
                slots,
                "o2cb",
                cluster,
                0,
                Map.of());
    }
}
