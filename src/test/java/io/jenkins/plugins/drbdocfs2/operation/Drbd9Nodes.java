package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.read;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts recorded on nodes with DRBD 9.2.18, by state; see {@link Drbd9}. */
public final class Drbd9Nodes {
    private static final Pattern MOUNTED = Pattern.compile("(?m)^[^a-z]*drbd(\\d+) .*?(/\\S+)\\s+0$");
    private static final Pattern VERIFY = Pattern.compile("verify-alg\\s+\"?([a-z0-9]+)");

    private Drbd9Nodes() {}

    /** The recorded nodes of a state, with all facts that the operations need about its resource. */
    public static ClusterFacts cluster(String state) {
        return new ClusterFacts(
                Drbd9.nodes(state).stream().map(node -> node(state, node)).toList());
    }

    /** One recorded node. */
    public static NodeFacts node(String state, String name) {
        String resource = Drbd9.resources().get(state);
        NodeFacts facts = answered(new Node(name, "127.0.0.1", 2200, "192.168.0." + name.substring(2)));
        facts = read(facts, DrbdProbes.VERSION, Recorded.drbd9("version.txt"));
        facts = read(facts, DrbdProbes.STATE, Drbd9.state(state, name));
        facts = read(facts, DrbdProbes.configured(resource), Drbd9.configured(state, name));
        return facts.with(StorageProbes.MOUNTS, mounts(Drbd9.text(state, name, "lsblk")))
                .with(DrbdDeviceUsers.PROBE, DrbdDeviceUsers.NONE)
                .with(SystemProbes.file("/etc/fstab"), new FileFact(true, "", "644"))
                .with(SystemProbes.file(ResourceSpec.path(resource)), file(state, name))
                .with(RunningOptions.probe(resource), running(Drbd9.text(state, name, "drbdsetup-show")));
    }

    private static FileFact file(String state, String node) {
        String dump = Drbd9.text(state, node, "drbdadm-dump");
        return dump.isEmpty() ? FileFact.ABSENT : new FileFact(true, dump, "600");
    }

    private static MountInfo mounts(String lsblk) {
        List<Mount> mounts = MOUNTED.matcher(lsblk)
                .results()
                .map(line -> new Mount(
                        "147:" + line.group(1), "/", line.group(2), "rw", "xfs", "/dev/drbd" + line.group(1), "rw"))
                .distinct()
                .toList();
        return new MountInfo(mounts);
    }

    private static RunningOptions running(String show) {
        Matcher verify = VERIFY.matcher(show);
        return new RunningOptions(verify.find() ? verify.group(1) : "", false, Set.of());
    }
}
