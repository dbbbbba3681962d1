package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.CLUSTER;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.OCFS2_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ROOT_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.online;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatMode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ocfs2ConfigureClusterTest {
    private static final String DEFAULTS = "/etc/default/o2cb";
    private static final String AS_INSTALLED = "# written by debconf\nO2CB_ENABLED=false\nO2CB_BOOTCLUSTER=ocfs2\n"
            + "O2CB_HEARTBEAT_THRESHOLD=31\nO2CB_IDLE_TIMEOUT_MS=30000\nO2CB_KEEPALIVE_DELAY_MS=2000\n"
            + "O2CB_RECONNECT_DELAY_MS=2000\nMINE=kept\n";
    private static final String ONLINE = AS_INSTALLED.replace("false", "true").replace("=ocfs2", "=tclust");
    private static final String SYSCTL = "# A node whose kernel fails resets itself, so that the OCFS2 cluster does not"
            + " hang. o2cb(7)\nkernel.panic_on_oops = 1\nkernel.panic = 30\n";
    private static final Ocfs2ConfigureCluster PLAIN = named("tclust", null, null);

    private static Ocfs2ConfigureCluster named(String name, Integer threshold, Integer idle) {
        return new Ocfs2ConfigureCluster(name, 7777, threshold, idle, null, null, 30);
    }

    private static NodeFacts installed(Node node) {
        return answered(node)
                .with(Ocfs2Probes.STATE, O2cbState.OFFLINE)
                .with(Ocfs2Probes.DEFAULTS_PATH, DEFAULTS)
                .with(StorageProbes.PORTS, new ListeningPorts(List.of()))
                .with(SystemProbes.file(DEFAULTS), new FileFact(true, AS_INSTALLED, "644"))
                .with(SystemProbes.file(ClusterConf.PATH), FileFact.ABSENT)
                .with(SystemProbes.file(Ocfs2ConfigureCluster.SYSCTL_CONF), FileFact.ABSENT)
                .with(SystemProbes.SYSCTL_AT_BOOT, Map.of())
                .with(SystemProbes.sysctl("kernel.panic"), "0")
                .with(SystemProbes.sysctl("kernel.panic_on_oops"), "0")
                .with(SystemProbes.service("o2cb"), new Service("disabled", "active"))
                .with(SystemProbes.service("ocfs2"), new Service("enabled", "active"))
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(FencingDevices.PROBE, new FencingDevices(Set.of()))
                .with(Ocfs2Facts.O2CB_TOOLS, Set.of("o2cb", "systemctl", "sysctl"))
                .with(StorageProbes.MOUNTS, MountInfo.parse(ROOT_MOUNT));
    }

    private static final ListeningPorts TAKEN =
            new ListeningPorts(List.of(new ListeningPorts.Listener("0.0.0.0", 7777)));

    private static NodeFacts configured(Node node) {
        return installed(node)
                .with(Ocfs2Probes.STATE, online(CLUSTER, Map.of()))
                .with(StorageProbes.PORTS, TAKEN)
                .with(SystemProbes.file(DEFAULTS), new FileFact(true, ONLINE, "644"))
                .with(SystemProbes.file(ClusterConf.PATH), conf(CLUSTER.render()))
                .with(SystemProbes.file(Ocfs2ConfigureCluster.SYSCTL_CONF), new FileFact(true, SYSCTL, "644"))
                .with(SystemProbes.sysctl("kernel.panic"), "30")
                .with(SystemProbes.sysctl("kernel.panic_on_oops"), "1")
                .with(SystemProbes.service("o2cb"), new Service("enabled", "active"));
    }

    private static NodeFacts mounted(NodeFacts node) {
        return node.with(StorageProbes.MOUNTS, MountInfo.parse(ROOT_MOUNT + OCFS2_MOUNT));
    }

    private static FileFact conf(String text) {
        return new FileFact(true, text, "644");
    }

    private static String written(Plan plan, Node node, String path) {
        return plan.changes().stream()
                .filter(change -> change instanceof PutFile file
                        && file.node().equals(node.name())
                        && file.path().equals(path))
                .map(change -> ((PutFile) change).after())
                .findFirst()
                .orElse(null);
    }

    @Test
    void writesTheSameFileSettingsAndServicesOnFreshNodes() throws StepFailure {
        Plan plan = PLAIN.plan(cluster(installed(SV1), installed(SV2)));

        assertThat(planned(plan, SV1))
                .isEqualTo(planned(plan, SV2))
                .containsExactly(
                        "write /etc/ocfs2/cluster.conf",
                        "change /etc/default/o2cb",
                        "write /etc/sysctl.d/99-z-ocfs2.conf",
                        "sysctl -w kernel.panic_on_oops=1 kernel.panic=30",
                        "systemctl enable o2cb",
                        "systemctl restart o2cb");
        assertThat(written(plan, SV1, ClusterConf.PATH))
                .isEqualTo(written(plan, SV2, ClusterConf.PATH))
                .isEqualTo(CLUSTER.render());
        assertThat(written(plan, SV1, DEFAULTS)).isEqualTo(ONLINE);
    }

    @Test
    void secondRunChangesNothing() throws StepFailure {
        assertThat(PLAIN.plan(cluster(configured(SV1), configured(SV2))).isEmpty())
                .isTrue();
    }

    @Test
    void keepsTheKernelParametersThatAnotherFileSetsAtBoot() throws StepFailure {
        NodeFacts byHand = configured(SV1)
                .with(SystemProbes.file(Ocfs2ConfigureCluster.SYSCTL_CONF), FileFact.ABSENT)
                .with(SystemProbes.SYSCTL_AT_BOOT, Map.of("kernel.panic", "30", "kernel.panic_on_oops", "1"));
        assertThat(PLAIN.plan(cluster(byHand, configured(SV2))).isEmpty()).isTrue();

        NodeFacts other = byHand.with(SystemProbes.SYSCTL_AT_BOOT, Map.of("kernel.panic", "60"));
        assertThat(planned(PLAIN.plan(cluster(other, configured(SV2))), SV1))
                .containsExactly("write /etc/sysctl.d/99-z-ocfs2.conf");
    }

    @Test
    void keepsAnEquivalentFile() throws StepFailure {
        String byHand = "cluster:\n  node_count = 2\n  name = tclust\n\n"
                + "node:\n  ip_port = 7777\n  ip_address = 10.77.0.2\n  number = 1\n  name = sv2\n  cluster = tclust\n\n"
                + "node:\n  ip_port = 7777\n  ip_address = 10.77.0.1\n  number = 0\n  name = sv1\n  cluster = tclust\n";
        NodeFacts sv1 = configured(SV1).with(SystemProbes.file(ClusterConf.PATH), conf(byHand));

        assertThat(PLAIN.plan(cluster(sv1, configured(SV2))).isEmpty()).isTrue();
    }

    @Test
    void keepsTimeoutsThatAreNotGiven() throws StepFailure {
        Map<String, Integer> longer = Map.of(O2cbDefaults.HEARTBEAT_THRESHOLD, 61);
        FileFact file = new FileFact(true, ONLINE.replace("THRESHOLD=31", "THRESHOLD=61"), "644");
        NodeFacts sv1 = configured(SV1)
                .with(SystemProbes.file(DEFAULTS), file)
                .with(Ocfs2Probes.STATE, online(CLUSTER, longer));
        NodeFacts sv2 = configured(SV2)
                .with(SystemProbes.file(DEFAULTS), file)
                .with(Ocfs2Probes.STATE, online(CLUSTER, longer));

        assertThat(PLAIN.plan(cluster(sv1, sv2)).isEmpty()).isTrue();
    }

    @Test
    void unifiesTimeoutsThatDifferBetweenNodes() throws StepFailure {
        NodeFacts sv1 = installed(SV1)
                .with(SystemProbes.file(DEFAULTS), conf(AS_INSTALLED.replace("THRESHOLD=31", "THRESHOLD=61")));

        Plan plan = PLAIN.plan(cluster(sv1, installed(SV2)));

        assertThat(written(plan, SV1, DEFAULTS)).isEqualTo(ONLINE);
        assertThat(plan.notes()).anyMatch(note -> note.contains("O2CB_HEARTBEAT_THRESHOLD differs"));
    }

    @Test
    void restartsTheClusterForNewTimeoutsIfNothingIsMounted() throws StepFailure {
        Plan plan = named("tclust", 21, 15_000).plan(cluster(configured(SV1), configured(SV2)));

        assertThat(planned(plan, SV2))
                .containsExactly(
                        "o2cb unregister-cluster tclust", "change /etc/default/o2cb", "systemctl restart o2cb");
        assertThat(written(plan, SV2, DEFAULTS)).contains("THRESHOLD=21\n", "IDLE_TIMEOUT_MS=15000\n");
    }

    @Test
    void refusesNewTimeoutsWhileMounted() {
        assertThat(refusal(named("tclust", 21, null), mounted(configured(SV1)), configured(SV2)))
                .contains("sv1:", "timeouts", "mounted at /mnt/shared", "reset themselves", "clusterUnmount")
                .doesNotContain("sv2:");
    }

    @Test
    void keepsNodeNumbersAndGivesNewNodesTheLowestFreeOne() throws StepFailure {
        ClusterConf old = ClusterConf.of("tclust", List.of(new O2cbNode(5, "SV2", "10.77.0.2", 7777)));
        NodeFacts sv2 = installed(SV2).with(SystemProbes.file(ClusterConf.PATH), conf(old.render()));

        Plan plan = PLAIN.plan(cluster(installed(SV1), sv2));

        assertThat(ClusterConf.parse(written(plan, SV1, ClusterConf.PATH)).nodes())
                .containsExactly(new O2cbNode(0, "sv1", "10.77.0.1", 7777), new O2cbNode(5, "SV2", "10.77.0.2", 7777));
    }

    @Test
    void addsANodeWhileTheOthersHaveTheVolumeMounted() throws StepFailure {
        Node third = new Node("sv3", "127.0.0.1", 2203, "10.77.0.3");

        Plan plan = PLAIN.plan(cluster(mounted(configured(SV1)), mounted(configured(SV2)), installed(third)));

        assertThat(planned(plan, SV1))
                .containsExactly("change /etc/ocfs2/cluster.conf", "o2cb register-cluster tclust");
        assertThat(planned(plan, third)).contains("systemctl restart o2cb");
    }

    @Test
    void keepsANodeThatIsNotInTheStep() throws StepFailure {
        NodeFacts sv1 = installed(SV1).with(SystemProbes.file(ClusterConf.PATH), conf(CLUSTER.render()));

        Plan plan = PLAIN.plan(cluster(sv1));

        assertThat(planned(plan, SV1)).doesNotContain("change /etc/ocfs2/cluster.conf");
        assertThat(plan.notes()).anyMatch(note -> note.contains("also has sv2"));
    }

    @Test
    void keepsAnotherClusterInTheFileAndTakesItOffline() throws StepFailure {
        ClusterConf other = ClusterConf.of("old", CLUSTER.nodes());
        NodeFacts sv1 = configured(SV1)
                .with(Ocfs2Probes.STATE, online(other, Map.of()))
                .with(SystemProbes.file(ClusterConf.PATH), conf(other.render()));

        Plan plan = PLAIN.plan(cluster(sv1, installed(SV2)));

        assertThat(planned(plan, SV1)).startsWith("o2cb unregister-cluster old").endsWith("systemctl restart o2cb");
        assertThat(ClusterConf.parseAll(written(plan, SV2, ClusterConf.PATH)))
                .extracting(ClusterConf::name)
                .containsExactly("tclust", "old");
    }

    @Test
    void refusesAnotherClusterNameWhileMounted() {
        ClusterConf other = ClusterConf.of("old", CLUSTER.nodes());
        NodeFacts sv1 = configured(SV1).with(Ocfs2Probes.STATE, online(other, Map.of(), "0123456789ABCDEF"));

        assertThat(refusal(PLAIN, sv1, configured(SV2)))
                .contains("the cluster 'old' is online with another name than 'tclust', and OCFS2 is mounted")
                .doesNotContain("other nodes");
    }

    @Test
    void refusesDifferentClustersWithOneName() {
        ClusterConf here = ClusterConf.of("old", CLUSTER.nodes());
        ClusterConf there = ClusterConf.of("old", CLUSTER.nodes().subList(0, 1));
        NodeFacts sv1 = installed(SV1).with(SystemProbes.file(ClusterConf.PATH), conf(here.render()));
        NodeFacts sv2 = installed(SV2).with(SystemProbes.file(ClusterConf.PATH), conf(there.render()));

        assertThat(refusal(PLAIN, sv1, sv2)).contains("sv2:", "'old'", "o2cb remove-cluster old");
    }

    @Test
    void doesNotOverwriteAnUnreadableFile() {
        NodeFacts broken = installed(SV1).with(SystemProbes.file(ClusterConf.PATH), conf("cluster:\nname = tclust\n"));

        assertThat(refusal(PLAIN, broken, installed(SV2)))
                .contains("sv1:", "/etc/ocfs2/cluster.conf cannot be read", "line 2", "lose");
    }

    private static NodeFacts with(NodeFacts node, String conf) {
        return node.with(SystemProbes.file(ClusterConf.PATH), conf(conf));
    }

    @Test
    void refusesComputedSettingsWithTheirLine() {
        FileFact computed = new FileFact(true, ONLINE + "O2CB_ENABLED=${O2CB_ENABLED:-false}\n", "644");

        assertThat(refusal(PLAIN, configured(SV1).with(SystemProbes.file(DEFAULTS), computed), configured(SV2)))
                .contains(
                        "sv1: line 9 of /etc/default/o2cb does more than set a value",
                        "only by lines of the form NAME=value");
        assertThat(refusal(
                        PLAIN,
                        configured(SV1).with(Ocfs2Probes.settingsFault(DEFAULTS), "o2cb: 3: Syntax error: end of file"),
                        configured(SV2)))
                .contains("sv1: sh cannot read /etc/default/o2cb: o2cb: 3: Syntax error: end of file");
    }

    @Test
    void keepsAFileAsPrintedByO2cbListCluster() throws StepFailure {
        String[] parts = CLUSTER.render().split("(?<=\n\n)");
        String listed = parts[1] + parts[2] + parts[0];

        assertThat(PLAIN.plan(cluster(with(configured(SV1), listed), configured(SV2)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void ignoresANodeOfAnUnlistedClusterAndNotesItsRemoval() throws StepFailure {
        String stray =
                "node:\n\tcluster = old\n\tnumber = 0\n\tip_port = 7777\n\tip_address = 10.77.0.9\n\tname = sv9\n";
        NodeFacts sv1 = with(configured(SV1), CLUSTER.render() + stray);
        assertThat(PLAIN.plan(cluster(sv1, configured(SV2))).isEmpty()).isTrue();

        Plan plan = PLAIN.plan(cluster(with(installed(SV1), "# mine\n" + stray), installed(SV2)));

        assertThat(written(plan, SV1, ClusterConf.PATH)).isEqualTo(CLUSTER.render());
        assertThat(plan.notes())
                .anyMatch(
                        note -> note.contains("sv1: /etc/ocfs2/cluster.conf is rewritten, without the parts that o2cb "
                                + "ignores: line 1: a comment, line 2: a node of 'old'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster:\n\n", "cluster:\n\t# comment\n", "cluster:\r\n"})
    void refusesAFileThatO2cbCannotReadWithItsLine(String begin) {
        String conf = CLUSTER.render().replace("cluster:\n", begin);

        assertThat(refusal(PLAIN, with(configured(SV1), conf), configured(SV2)))
                .contains("sv1:", "cannot be read, and o2cb fails on it too: line ", "o2cb list-clusters");
    }

    @Test
    void refusesAClusterWithoutNodeCountWithItsLine() {
        String conf = CLUSTER.render().replace("\tnode_count = 2\n", "");

        assertThat(refusal(PLAIN, with(configured(SV1), conf), configured(SV2)))
                .contains("line 1: the cluster has no node_count, without which o2cb does not read the file");
    }

    @Test
    void refusesAGlobalHeartbeatWithoutRegion() {
        String conf = CLUSTER.render().replace("= local", "= Global");

        assertThat(refusal(PLAIN, with(installed(SV1), conf), installed(SV2)))
                .contains("heartbeat_mode = global", "no heartbeat region", "o2cb heartbeat-mode tclust local");
    }

    @Test
    void startsAGlobalHeartbeat() throws StepFailure {
        String region = "77D95EF51C0149D2823674FCC162CF8B";
        ClusterConf global =
                new ClusterConf("tclust", Reported.of(HeartbeatMode.GLOBAL), CLUSTER.nodes(), List.of(region));
        NodeFacts sv1 = with(configured(SV1), global.render());
        NodeFacts sv2 =
                with(configured(SV2), global.render()).with(Ocfs2Probes.STATE, online(global, Map.of(), region));

        Plan plan = PLAIN.plan(cluster(sv1.with(Ocfs2Probes.STATE, online(global, Map.of())), sv2));

        assertThat(planned(plan, SV1)).containsExactly("o2cb start-heartbeat tclust");
        assertThat(planned(plan, SV2)).isEmpty();
    }

    @Test
    void acceptsTheFullHostName() throws StepFailure {
        Node whole = new Node("sv1.example.org", "127.0.0.1", 2201, "10.77.0.1");
        String conf = CLUSTER.render().replace("name = sv1\n", "name = SV1.example.org\n");
        O2cbState state = online(ClusterConf.parse(conf), Map.of());
        NodeFacts sv1 = with(configured(whole), conf).with(Ocfs2Probes.STATE, state);
        NodeFacts sv2 = with(configured(SV2), conf).with(Ocfs2Probes.STATE, state);

        assertThat(PLAIN.plan(cluster(sv1, sv2)).isEmpty()).isTrue();
    }

    @Test
    void shortensAFullNameIfTheHostHasAShortOne() throws StepFailure {
        String conf = CLUSTER.render().replace("name = sv1\n", "name = sv1.example.org\n");

        Plan plan = PLAIN.plan(cluster(with(installed(SV1), conf), with(installed(SV2), conf)));

        assertThat(written(plan, SV1, ClusterConf.PATH))
                .isEqualTo(written(plan, SV2, ClusterConf.PATH))
                .isEqualTo(CLUSTER.render());
    }

    @Test
    void refusesAFormerNodeWithTheAddressOrNumberOfAnother() {
        String former =
                CLUSTER.render().replace("name = sv2", "name = sv9").replace("node_count = 2", "node_count = 1");
        NodeFacts sv2 =
                with(installed(SV2), former.replace("10.77.0.2", "10.77.0.7").replace("number = 1", "number = 0"));

        assertThat(refusal(PLAIN, with(installed(SV1), former), installed(SV2)))
                .contains("'sv9' and 'sv2'", "the same address, 10.77.0.2", "o2cb remove-node");
        assertThat(refusal(PLAIN, with(installed(SV1), CLUSTER.render()), sv2)).contains("the same number, 0");
        assertThat(refusal(
                        PLAIN,
                        with(installed(SV1), former.replace("0.2", "0.7").replace("7777", "99999")),
                        installed(SV2)))
                .contains("node 'sv9' of cluster 'tclust' has the port 99999");
    }

    @Test
    void refusesAPortInUse() {
        assertThat(refusal(PLAIN, installed(SV1), installed(SV2).with(StorageProbes.PORTS, TAKEN)))
                .contains("sv2:", "listens at TCP port 7777", "port");
    }

    @Test
    void refusesMissingToolsAndNamesTheStepThatInstallsThem() {
        NodeFacts bare = installed(SV1).with(Ocfs2Facts.O2CB_TOOLS, Set.of("systemctl"));

        assertThat(refusal(PLAIN, bare, installed(SV2))).contains("sv1:", "no program o2cb", "ocfs2Install");
    }

    @Test
    void refusesAKeepaliveDelayNotBelowTheIdleTimeout() {
        Ocfs2ConfigureCluster operation = new Ocfs2ConfigureCluster("tclust", 7777, null, null, 30_000, null, 30);

        assertThat(refusal(operation, installed(SV1), installed(SV2))).contains("keepaliveDelayMillis 30000");
    }

    @Test
    void refusesAHeartbeatShorterThanTheTimeoutsOfDrbd() {
        String slow = "net { ping-int 20; ping-timeout 30; allow-two-primaries; }";
        NodeFacts sv2 = installed(SV2)
                .with(DrbdDevices.PROBE, Ocfs2Nodes.devices("/dev/drbd0 minor 0", "/dev/sys/drbd0", slow));

        assertThat(refusal(named("tclust", 12, null), installed(SV1), sv2))
                .contains("sv2: the heartbeat's 22 s are not above the 23000 ms", "'r0'", "heartbeatThreshold to 13");
    }

    @Test
    void notesAnIdleTimeoutAboveTheHeartbeat() throws StepFailure {
        assertThat(named("tclust", 7, 15_000)
                        .plan(cluster(installed(SV1), installed(SV2)))
                        .notes())
                .anyMatch(note -> note.contains("15000 ms is not below the heartbeat's 12 s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "with-dash", "seventeenletters1", "a'b", "$(x)", "a\nb"})
    void refusesInvalidNames(String name) {
        assertThatThrownBy(() -> named(name, null, null).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("name must");
    }

    @Test
    void refusesInvalidNumbersAndAddresses() {
        assertThatThrownBy(() -> named("c", 6, null).check(BOTH)).hasMessageContaining("heartbeatThreshold");
        assertThatThrownBy(() -> named("c", null, 4999).check(BOTH)).hasMessageContaining("idleTimeoutMillis");
        assertThatThrownBy(() -> new Ocfs2ConfigureCluster("c", 99_999, null, null, null, null, 30).check(BOTH))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> new Ocfs2ConfigureCluster("c", 7777, null, null, null, null, 0).check(BOTH))
                .hasMessageContaining("panicSeconds");
        List<Node> byName = List.of(SV1, new Node("sv2", "sv2.example", 22, "sv2.example"));
        assertThatThrownBy(() -> PLAIN.check(byName)).hasMessageContaining("IPv4");
        List<Node> loopback = List.of(SV1, new Node("sv2", "h", 22, "127.0.0.1"));
        assertThatThrownBy(() -> PLAIN.check(loopback)).hasMessageContaining("address: in withClusterNodes");
        List<Node> twice = List.of(SV1, new Node("sv2", "h", 22, SV1.address()));
        assertThatThrownBy(() -> PLAIN.check(twice)).hasMessageContaining("address twice");
        PLAIN.check(BOTH);
    }

    @Test
    void dryRunAssumesTheClusterOnline() {
        NodeFacts simulated = assumed(PLAIN, installed(SV1));

        assertThat(simulated.get(Ocfs2Probes.STATE).isOnline("tclust")).isTrue();
        assertThat(Ocfs2Facts.configuredClusters(simulated)).containsExactly("tclust");
        assertThat(O2cbTimeouts.NAMES).hasSize(4);
    }

    @Test
    void reportsNodesAndTimeouts() {
        assertThat(report(PLAIN, configured(SV1)))
                .containsEntry("online", true)
                .containsEntry("cluster", "tclust")
                .containsEntry("clusterNodes", Map.of("sv1", 0, "sv2", 1))
                .containsEntry("heartbeatThreshold", 31);
    }

    @Test
    void refusesAHeartbeatThatIsShorterThanFencing() throws Exception {
        FencingDevices first = new FencingDevices(Set.of("sv2"), 0, 8);
        FencingDevices second = new FencingDevices(Set.of("sv1"), 19, 8);
        NodeFacts sv1 = installed(SV1).with(FencingDevices.PROBE, first);
        NodeFacts sv2 = installed(SV2).with(FencingDevices.PROBE, second);
        assertThat(PLAIN.plan(cluster(sv1, sv2)).isEmpty()).isFalse();
        assertThat(refusal(named("tclust", 30, null), sv1, sv2))
                .contains("sv2: a node needs up to 59 s to fence its peer (22 s until DRBD notices the loss, 19 s for")
                .contains("o2cb resets a node after 58 s", "heartbeatThreshold to 31 or more")
                .doesNotContain("sv1:");
    }

    private static NodeFacts withVolume(NodeFacts node, String slots) {
        String text = Recorded.text("ocfs2/volume-mounted.txt").replaceAll("(?m)^\\s+\\d+\\s+\\d+\n", "");
        String device = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> mount.type().equals("ocfs2"))
                .findFirst()
                .orElseThrow()
                .source();
        return node.with(
                Ocfs2Probes.volume(device),
                Optional.ofNullable(Ocfs2Volume.parse(text.replace("Slot#   Node#\n", "Slot#   Node#\n" + slots))));
    }

    @Test
    void aNodeLeavesWhileTheOthersHaveItMounted() throws StepFailure {
        Ocfs2ConfigureCluster leave =
                new Ocfs2ConfigureCluster("tclust", 7777, null, null, null, null, 30, List.of("sv2"));
        NodeFacts sv1 = mounted(configured(SV1));
        Plan plan = leave.plan(cluster(withVolume(sv1, "\t    0       0\n")));
        assertThat(planned(plan, SV1))
                .containsExactly("change /etc/ocfs2/cluster.conf", "o2cb register-cluster tclust");
        assertThat(written(plan, SV1, ClusterConf.PATH)).contains("sv1").doesNotContain("sv2");
        assertThat(refusal(leave, withVolume(sv1, "\t    0       0\n\t    1       1\n")))
                .contains("says that it is mounted by sv2 too");
        assertThatThrownBy(() -> leave.check(BOTH)).hasMessageContaining("removeNodes");
    }
}
