package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nodes that DRBD 9 metadata on a disk belong to, even if no resource is configured for the disk.
 *
 * @param nodeId the node-id with which they were last attached; empty if they never were
 * @param maxPeers the number of peers they have room for; each peer has a bitmap of its own
 * @param peers the node-ids of the peers that have a bitmap
 */
public record MetadataSuperblock(Optional<Integer> nodeId, int maxPeers, Set<Integer> peers) {
    private static final String SCRIPT = ShellFile.read(MetadataSuperblock.class, "superblock.sh");
    private static final Pattern LINE = Pattern.compile("^(node-id|max-peers|peer) (-?\\d{1,9})$", Pattern.MULTILINE);

    public MetadataSuperblock {
        peers = Set.copyOf(peers);
    }

    /** The probe for this; empty if there is no such metadata. */
    public static Probe<Optional<MetadataSuperblock>> probe(Resource.Disk disk) {
        MetaDisk meta = disk.metaDisk();
        String device = meta.isInternal() ? disk.device() : meta.device();
        String where = meta.isInternal() ? "internal" : String.valueOf(meta.begin());
        return new Probe<>(
                "superblock of metadata " + disk.device() + " " + meta,
                SuspendedDrbdDevices.SHELL + ShellFile.with(SCRIPT, device, where),
                MetadataSuperblock::parse);
    }

    static Optional<MetadataSuperblock> parse(Reading reading) {
        Optional<Integer> nodeId = Optional.empty();
        int maxPeers = 0;
        Set<Integer> peers = new TreeSet<>();
        Matcher line = LINE.matcher(reading.text());
        while (line.find()) {
            int value = Integer.parseInt(line.group(2));
            switch (line.group(1)) {
                case "node-id" -> nodeId = Optional.of(value).filter(id -> id >= 0);
                case "max-peers" -> maxPeers = value;
                default -> peers.add(value);
            }
        }
        return maxPeers == 0 ? Optional.empty() : Optional.of(new MetadataSuperblock(nodeId, maxPeers, peers));
    }

    /** Whether DRBD attaches this metadata with this node-id. */
    public boolean isOf(int id) {
        return nodeId.isEmpty() || nodeId.get() == id;
    }

    /** Whether each of these peers has a bitmap, or a free one is left for it. */
    public boolean hasRoomFor(Set<Integer> others) {
        long lacking = others.stream().filter(id -> !peers.contains(id)).count();
        return lacking <= maxPeers - peers.size();
    }
}
