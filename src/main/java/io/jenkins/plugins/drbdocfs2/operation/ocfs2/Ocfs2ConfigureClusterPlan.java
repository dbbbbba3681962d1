package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatMode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNodeNumbers;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plan of {@link Ocfs2ConfigureCluster} on one node. */
final class Ocfs2ConfigureClusterPlan {
    static final String PANIC = "kernel.panic";
    static final String PANIC_ON_OOPS = "kernel.panic_on_oops";

    private final NodeFacts node;
    private final O2cbClusterSpec target;
    private final List<ClusterConf> file;
    private final O2cbState state;

    Ocfs2ConfigureClusterPlan(NodeFacts node, O2cbClusterSpec target, List<ClusterConf> file) {
        this.node = node;
        this.target = target;
        this.file = file;
        this.state = node.get(Ocfs2Probes.STATE);
    }

    /** Whether the cluster in the kernel can be changed only by taking it offline. */
    private boolean mustGoOffline() {
        return !state.clusters().isEmpty() && !target.isOnlyMissingNodesOf(state);
    }

    void check(Refusals refusals) {
        List<String> mounts = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> mount.type().equals("ocfs2"))
                .map(Mount::mountPoint)
                .toList();
        boolean inUse = !mounts.isEmpty()
                || state.clusters().stream()
                        .anyMatch(cluster -> cluster.mode().is(HeartbeatMode.LOCAL)
                                && !cluster.regions().isEmpty());
        if (mustGoOffline() && inUse) {
            refusals.add(Refusal.of(O2cbRefusal.CLUSTER_IN_USE)
                    .on(node.name())
                    .found("the cluster '" + state.clusters().get(0).name() + "' is online with "
                            + difference() + ", and OCFS2 is mounted"
                            + (mounts.isEmpty() ? "" : " at " + String.join(", ", mounts)))
                    .wouldLose(
                            "A cluster cannot be changed under a mounted filesystem: its nodes would reset themselves")
                    .remedy("Unmount OCFS2 on all nodes first (clusterUnmount), then run this step again"));
        }
        List<String> clustered = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount ->
                        mount.type().equals("ocfs2") && mount.superOptions().contains("cluster_stack="))
                .map(Mount::mountPoint)
                .toList();
        if (state.clusters().isEmpty() && !clustered.isEmpty()) {
            refusals.add(Refusal.of(O2cbRefusal.CLUSTER_UNKNOWN)
                    .on(node.name())
                    .found("OCFS2 of a cluster is mounted at " + String.join(", ", clustered)
                            + ", but below /sys/kernel/config/cluster there is no cluster, so its state is not known")
                    .wouldLose(
                            "A cluster cannot be changed under a mounted filesystem: its nodes would reset themselves")
                    .remedy("Unmount OCFS2 on all nodes first (clusterUnmount), then run this step again"));
        }
        if (state.clusters().isEmpty() && node.get(StorageProbes.PORTS).has(port())) {
            refusals.add(Refusal.of(O2cbRefusal.PORT_IN_USE)
                    .on(node.name())
                    .found("another program listens at TCP port " + port())
                    .wouldLose("The nodes of the cluster could not communicate")
                    .remedy("Choose another one with port, the same on all nodes"));
        }
    }

    private int port() {
        return target.cluster().nodes().get(0).port();
    }

    private String difference() {
        O2cbState.Cluster has = state.clusters().get(0);
        if (!has.name().equals(target.cluster().name())) {
            return "another name than '" + target.cluster().name() + "'";
        }
        return O2cbNodeNumbers.isPart(has.nodes(), target.cluster().nodes())
                ? "other timeouts or another heartbeat mode than requested"
                : "other node numbers or addresses than requested";
    }

    List<Change> offline() {
        List<Change> changes = new ArrayList<>();
        if (mustGoOffline()) {
            for (O2cbState.Cluster cluster : state.clusters()) {
                if (cluster.mode().is(HeartbeatMode.GLOBAL)) {
                    changes.add(command("o2cb", "stop-heartbeat", cluster.name()));
                }
                changes.add(command("o2cb", "unregister-cluster", cluster.name())
                        .hint("A cluster goes offline only while nothing uses it; `fuser -vm` shows what does."));
            }
        }
        return changes;
    }

    List<Change> files() {
        List<Change> changes = new ArrayList<>();
        FileFact conf = node.get(SystemProbes.file(ClusterConf.PATH));
        if (!isInFile()) {
            changes.add(new PutFile(node.name(), ClusterConf.PATH, conf.textOrNull(), target.conf(), mode(conf)));
        }
        String path = node.get(Ocfs2Probes.DEFAULTS_PATH);
        FileFact defaults = node.get(SystemProbes.file(path));
        String settings = settings();
        if (!settings.equals(defaults.textOrNull())) {
            changes.add(new PutFile(node.name(), path, defaults.textOrNull(), settings, mode(defaults)));
        }
        FileFact sysctl = node.get(SystemProbes.file(Ocfs2ConfigureCluster.SYSCTL_CONF));
        if (!sysctl().equals(sysctl.textOrNull()) && (sysctl.exists() || !isSetAtBoot())) {
            changes.add(new PutFile(
                    node.name(), Ocfs2ConfigureCluster.SYSCTL_CONF, sysctl.textOrNull(), sysctl(), mode(sysctl)));
        }
        return changes;
    }

    List<String> notes() {
        FileFact conf = node.get(SystemProbes.file(ClusterConf.PATH));
        List<String> ignored = isInFile() ? List.of() : ClusterConf.ignored(conf.text());
        return ignored.isEmpty()
                ? List.of()
                : List.of(node.name() + ": " + ClusterConf.PATH + " is rewritten, without the parts that o2cb ignores: "
                        + String.join(", ", ignored));
    }

    // An equivalent file in another form or order is not rewritten.
    private boolean isInFile() {
        List<ClusterConf> wanted = new ArrayList<>(List.of(target.cluster()));
        wanted.addAll(target.others());
        return file.size() == wanted.size()
                && wanted.stream().allMatch(want -> file.stream().anyMatch(has -> O2cbNodeNumbers.same(want, has)));
    }

    private String settings() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(O2cbDefaults.ENABLED, "true");
        values.put(O2cbDefaults.BOOTCLUSTER, target.cluster().name());
        target.timeouts().forEach((key, value) -> values.put(key, String.valueOf(value)));
        return O2cbClusterSpec.settings(node).withValues(values).text();
    }

    private boolean isSetAtBoot() {
        Map<String, String> atBoot = node.get(SystemProbes.SYSCTL_AT_BOOT);
        return "1".equals(atBoot.get(PANIC_ON_OOPS))
                && String.valueOf(target.panicSeconds()).equals(atBoot.get(PANIC));
    }

    private String sysctl() {
        return "# A node whose kernel fails resets itself, so that the OCFS2 cluster does not hang. o2cb(7)\n"
                + PANIC_ON_OOPS + " = 1\n" + PANIC + " = " + target.panicSeconds() + "\n";
    }

    List<Change> online() {
        List<Change> changes = new ArrayList<>();
        String panic = String.valueOf(target.panicSeconds());
        if (!node.get(SystemProbes.sysctl(PANIC_ON_OOPS)).equals("1")
                || !node.get(SystemProbes.sysctl(PANIC)).equals(panic)) {
            changes.add(command("sysctl", "-w", PANIC_ON_OOPS + "=1", PANIC + "=" + panic));
        }
        for (String service : List.of("o2cb", "ocfs2")) {
            if (!node.get(SystemProbes.service(service)).isEnabled()) {
                changes.add(command("systemctl", "enable", service).harmless());
            }
        }
        if (state.clusters().isEmpty() || mustGoOffline()) {
            // Debian starts the service at installation while it is disabled, so that it only counts as started.
            changes.add(command("systemctl", "restart", "o2cb")
                    .hint("`systemctl status o2cb` and `journalctl -u o2cb` on the node show more."));
        } else if (!target.isIn(state)) {
            changes.add(command("o2cb", "register-cluster", target.cluster().name()));
        } else if (isWithoutHeartbeat()) {
            changes.add(command("o2cb", "start-heartbeat", target.cluster().name()));
        }
        return changes;
    }

    private boolean isWithoutHeartbeat() {
        ClusterConf cluster = target.cluster();
        return cluster.heartbeatMode().is(HeartbeatMode.GLOBAL)
                && !state.online().regions().containsAll(cluster.heartbeatRegions());
    }

    private Command command(String... words) {
        return Command.of(node.name(), words);
    }

    private static String mode(FileFact file) {
        return file.exists() ? file.mode() : "644";
    }
}
