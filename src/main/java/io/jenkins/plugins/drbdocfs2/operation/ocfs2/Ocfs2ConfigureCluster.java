package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatMode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNodeNumbers;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ocfs2ConfigureCluster: configures the cluster in cluster.conf, brings it online on all nodes now and at boot, and makes
 * nodes reset themselves after a kernel failure. It becomes the active cluster; other clusters in the file remain, inactive.
 *
 * @param name the cluster's name, up to 16 letters and digits
 * @param port the TCP port of o2net
 * @param heartbeatThreshold the heartbeat threshold, in intervals of two seconds plus one; null for the value in the
 *     file, else 31
 * @param idleTimeoutMillis likewise the idle timeout, 30000
 * @param keepaliveDelayMillis likewise the keepalive delay, 2000
 * @param reconnectDelayMillis likewise the reconnect delay, 2000
 * @param panicSeconds the seconds after a kernel failure until a node resets itself
 * @param removeNodes the names of nodes that are to leave the cluster, none of them in this step
 */
public record Ocfs2ConfigureCluster(
        String name,
        int port,
        Integer heartbeatThreshold,
        Integer idleTimeoutMillis,
        Integer keepaliveDelayMillis,
        Integer reconnectDelayMillis,
        int panicSeconds,
        List<String> removeNodes)
        implements Operation, Operation.TakesEarlierAnswers {
    /** Sorts after 99-sysctl.conf, which is /etc/sysctl.conf on Debian: the last file read wins. */
    public static final String SYSCTL_CONF = "/etc/sysctl.d/99-z-ocfs2.conf";

    public Ocfs2ConfigureCluster {
        removeNodes = List.copyOf(removeNodes);
    }

    /** A cluster that no node leaves. */
    public Ocfs2ConfigureCluster(
            String name,
            int port,
            Integer heartbeatThreshold,
            Integer idleTimeoutMillis,
            Integer keepaliveDelayMillis,
            Integer reconnectDelayMillis,
            int panicSeconds) {
        this(
                name,
                port,
                heartbeatThreshold,
                idleTimeoutMillis,
                keepaliveDelayMillis,
                reconnectDelayMillis,
                panicSeconds,
                List.of());
    }

    @Override
    public Map<String, Object> subject() {
        return Map.of("name", name == null ? "" : name);
    }

    @Override
    public void check(List<Node> nodes) {
        Ocfs2Rules.clusterName("name", name);
        Check.range("port", port, 1, 65_535);
        Ocfs2Rules.timeouts(
                or(heartbeatThreshold, O2cbDefaults.HEARTBEAT_THRESHOLD),
                or(idleTimeoutMillis, O2cbDefaults.IDLE_TIMEOUT_MS),
                keepaliveDelayMillis == null ? Ocfs2Rules.MIN_KEEPALIVE_MS : keepaliveDelayMillis,
                or(reconnectDelayMillis, O2cbDefaults.RECONNECT_DELAY_MS));
        Check.that(
                panicSeconds >= 1 && panicSeconds <= 3_600,
                "panicSeconds",
                panicSeconds,
                "be 1 to 3600 (0 would leave a failed node hanging, and the cluster with it)");
        new LeavingNodes(removeNodes).check(nodes);
        boolean loopback = nodes.size() > 1
                && nodes.stream().anyMatch(node -> node.address().startsWith("127."));
        Check.that(
                !loopback,
                "address",
                "127.0.0.1",
                "be one at which the other nodes reach the node (set it with address: in withClusterNodes)");
        Ocfs2Rules.check(O2cbNodeNumbers.of(name, addresses(nodes), port, List.of()));
    }

    private static int or(Integer given, String standard) {
        return given == null ? O2cbTimeouts.DEFAULTS.get(standard) : given;
    }

    private static Map<String, String> addresses(List<Node> nodes) {
        Map<String, String> addresses = new LinkedHashMap<>();
        nodes.forEach(node -> addresses.put(node.name(), node.address()));
        return addresses;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        NodeFacts mine = known.node(of.name());
        if (mine == null) {
            return ProbeSet.of(
                            Ocfs2Probes.STATE,
                            Ocfs2Probes.DEFAULTS_PATH,
                            SystemProbes.file(ClusterConf.PATH),
                            SystemProbes.file(SYSCTL_CONF),
                            SystemProbes.SYSCTL_AT_BOOT,
                            SystemProbes.sysctl(Ocfs2ConfigureClusterPlan.PANIC),
                            SystemProbes.sysctl(Ocfs2ConfigureClusterPlan.PANIC_ON_OOPS),
                            SystemProbes.service("o2cb"),
                            SystemProbes.service("ocfs2"),
                            Ocfs2Facts.O2CB_TOOLS,
                            StorageProbes.PORTS,
                            DrbdDevices.PROBE,
                            FencingTimes.DEVICES,
                            StorageProbes.MOUNTS)
                    .and(Ocfs2Probes.settings(Ocfs2Probes.USUAL_DEFAULTS_PATH).probes());
        }
        return Ocfs2Probes.settings(mine.get(Ocfs2Probes.DEFAULTS_PATH))
                .and(new LeavingNodes(removeNodes).probes(mine))
                .missingIn(mine);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        facts.all().forEach(node -> checkTools(node, refusals));
        facts.all().forEach(node -> checkSettings(node, refusals));
        Map<String, List<ClusterConf>> files = files(facts, refusals);
        refusals.check();
        facts.all().forEach(node -> new LeavingNodes(removeNodes).check(node, refusals));
        O2cbClusterSpec target = target(facts, files, refusals);
        refusals.check();
        List<Ocfs2ConfigureClusterPlan> plans = facts.all().stream()
                .map(node -> new Ocfs2ConfigureClusterPlan(node, target, files.get(node.name())))
                .toList();
        plans.forEach(plan -> plan.check(refusals));
        refusals.check();
        Plan.Builder plan = new Plan.Builder()
                .stage(
                        "take the cluster offline, to change it",
                        plans.stream().flatMap(node -> node.offline().stream()).toList())
                .stage(
                        "write the configuration of the cluster",
                        plans.stream().flatMap(node -> node.files().stream()).toList())
                .stage(
                        "bring the cluster online, now and at boot",
                        plans.stream().flatMap(node -> node.online().stream()).toList());
        target.notes().forEach(plan::note);
        plans.forEach(node -> node.notes().forEach(plan::note));
        return plan.build();
    }

    private static void checkTools(NodeFacts node, Refusals refusals) {
        boolean tools = node.get(Ocfs2Facts.O2CB_TOOLS).contains("o2cb");
        Service service = node.get(SystemProbes.service("o2cb"));
        if (!tools || !service.exists()) {
            refusals.add(Refusal.of(Ocfs2Refusal.NOT_INSTALLED)
                    .on(node.name())
                    .found(tools ? "there is no service o2cb" : "there is no program o2cb")
                    .remedy("Run ocfs2Install first"));
        }
    }

    private static void checkSettings(NodeFacts node, Refusals refusals) {
        String path = node.get(Ocfs2Probes.DEFAULTS_PATH);
        Probe<String> probe = Ocfs2Probes.settingsFault(path);
        String fault = node.has(probe) ? node.get(probe) : "";
        if (!fault.isEmpty()) {
            refusals.add(Refusal.of(O2cbRefusal.DEFAULTS_UNKNOWN)
                    .on(node.name())
                    .found("sh cannot read " + path + ": " + fault)
                    .wouldLose("The cluster would not come up at boot")
                    .remedy("Correct the file"));
        }
        for (int line : O2cbClusterSpec.settings(node).unsureLines()) {
            refusals.add(Refusal.of(O2cbRefusal.DEFAULTS_UNKNOWN)
                    .on(node.name())
                    .found("line " + line + " of " + path
                            + " does more than set a value, so the value that sh reads for O2CB's settings is unknown")
                    .wouldLose("The cluster could come up at boot with other settings")
                    .remedy("Set them only by lines of the form NAME=value"));
        }
    }

    private static Map<String, List<ClusterConf>> files(ClusterFacts facts, Refusals refusals) {
        Map<String, List<ClusterConf>> files = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            FileFact file = node.get(SystemProbes.file(ClusterConf.PATH));
            try {
                files.put(node.name(), ClusterConf.parseAll(file.text()));
            } catch (TextFormatException e) {
                refusals.add(Refusal.of(O2cbRefusal.CONFIGURATION_UNREADABLE)
                        .on(node.name())
                        .found(ClusterConf.PATH + " cannot be read, and o2cb fails on it too: " + e.getMessage())
                        .wouldLose("Rewriting it would lose its clusters")
                        .remedy("Correct the file until `o2cb list-clusters` reads it, or move it away"));
            }
        }
        return files;
    }

    private O2cbClusterSpec target(ClusterFacts facts, Map<String, List<ClusterConf>> files, Refusals refusals) {
        Map<String, Integer> given = new LinkedHashMap<>();
        give(given, O2cbDefaults.HEARTBEAT_THRESHOLD, heartbeatThreshold);
        give(given, O2cbDefaults.IDLE_TIMEOUT_MS, idleTimeoutMillis);
        give(given, O2cbDefaults.KEEPALIVE_DELAY_MS, keepaliveDelayMillis);
        give(given, O2cbDefaults.RECONNECT_DELAY_MS, reconnectDelayMillis);
        return new O2cbClusterSpec.Finder(facts, files, refusals).find(name, port, given, panicSeconds, removeNodes);
    }

    private static void give(Map<String, Integer> given, String key, Integer value) {
        if (value != null) {
            given.put(key, value);
        }
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            O2cbState.Cluster online = node.get(Ocfs2Probes.STATE).online();
            if (online == null || !online.name().equals(name)) {
                throw new StepFailure("on " + node.name() + ", the cluster '" + name + "' is not online after all: "
                        + (online == null ? "no cluster is" : "'" + online.name() + "' is")
                        + ". `systemctl status o2cb` and `o2cb register-cluster " + name + "` there show why; is "
                        + Ocfs2Rules.nodeName(node.name()) + " its host name, and "
                        + node.node().address()
                        + " one of its addresses?");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        O2cbState.Cluster cluster = facts.get(Ocfs2Probes.STATE).online();
        report.put("online", cluster != null && cluster.name().equals(name));
        report.put("cluster", cluster == null ? "" : cluster.name());
        if (cluster != null) {
            Ocfs2Facts.describe(cluster, report);
        }
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        ClusterConf conf = O2cbNodeNumbers.of(name, addresses(nodes), port, List.of());
        return facts.change(
                        Ocfs2Probes.STATE,
                        state -> state.isOnline(name)
                                ? state
                                : new O2cbState(List.of(new O2cbState.Cluster(
                                        name,
                                        Reported.of(HeartbeatMode.LOCAL),
                                        O2cbTimeouts.DEFAULTS,
                                        conf.nodes(),
                                        true,
                                        List.of()))))
                .change(
                        SystemProbes.file(ClusterConf.PATH),
                        file -> file.text().matches("(?s).*\\bname *= *" + name + "\\b.*")
                                ? file
                                : new FileFact(true, file.text() + conf.render(), "644"))
                .change(SystemProbes.service("o2cb"), service -> new Service("enabled", "active"))
                .change(SystemProbes.service("ocfs2"), service -> new Service("enabled", "active"));
    }
}
