package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The probes for the whole state of OCFS2 on a node. */
public final class Ocfs2StatusProbes {
    /** The first probes. */
    public static final ProbeSet FIRST = ProbeSet.of(
            Ocfs2Probes.STATE,
            Ocfs2Probes.DEVICES,
            StorageProbes.MOUNTS,
            DrbdDevices.PROBE,
            SystemProbes.file(ClusterConf.PATH),
            SystemProbes.service("o2cb"),
            SystemProbes.service("ocfs2"));

    private Ocfs2StatusProbes() {}

    /** The devices with OCFS2, found or mounted, without the backing disks of DRBD. */
    public static List<String> devices(NodeFacts node) {
        Stream<String> found = node.get(Ocfs2Probes.DEVICES).stream();
        Stream<String> mounted = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> mount.type().equals("ocfs2"))
                .map(Mount::source);
        DrbdDevices drbd = node.get(DrbdDevices.PROBE);
        return List.copyOf(new TreeSet<>(Stream.concat(found, mounted)
                .filter(path -> path.startsWith("/dev/") && drbd.below(path, "").isEmpty())
                .toList()));
    }

    /** The probes of these devices. */
    public static ProbeSet of(List<String> devices) {
        List<Probe<?>> probes = new ArrayList<>();
        for (String path : devices) {
            probes.add(Ocfs2Probes.volume(path));
            probes.add(BlockDevice.probe(path));
        }
        return ProbeSet.of(probes);
    }

    /** Whether a device has OCFS2, but debugfs.ocfs2 cannot read it. */
    public static boolean isUnread(NodeFacts node, String path) {
        return "ocfs2".equals(node.get(BlockDevice.probe(path)).blkid().type())
                && node.get(Ocfs2Probes.volume(path)).isEmpty();
    }
}
