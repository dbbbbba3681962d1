package io.jenkins.plugins.drbdocfs2.ocfs2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.RealReader;
import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ocfs2ModelsTest {
    /** As in a published guide: indented with spaces, in another order, without heartbeat_mode. */
    private static final String BY_HAND =
            """
            # a comment
            cluster:
              node_count = 2
              name = ocfs2

            node:
              ip_port = 7777
              ip_address = 192.168.0.1
              number = 0
              name = sv1
              cluster = ocfs2
            node:
              ip_port=7777
              ip_address = 192.168.0.2
              number = 1
              name = sv2
              cluster = ocfs2
            """;

    private static final ClusterConf TCLUST = new ClusterConf(
            "tclust",
            HeartbeatMode.parse("local"),
            List.of(new O2cbNode(0, "nodo1", "10.0.0.1", 7777), new O2cbNode(1, "nodo2", "10.0.0.2", 7777)),
            List.of());

    @Test
    void writesAClusterByteByByteLikeO2cb() {
        assertThat(TCLUST.render()).isEqualTo(Recorded.text("o2cb/cluster-local.conf"));
    }

    @Test
    void writesAGlobalHeartbeatByteByByteLikeO2cb() {
        String recorded = Recorded.text("o2cb/cluster-global.conf");
        ClusterConf cluster = ClusterConf.parse(recorded);
        assertThat(cluster.heartbeatRegions()).containsExactly("77D95EF51C0149D2823674FCC162CF8B");
        assertThat(cluster.render()).isEqualTo(recorded);
    }

    @Test
    void o2cbReadsTheWrittenCluster(@TempDir Path directory) throws Exception {
        RealReader.require("ocfs2-tools", "/usr/sbin/o2cb");
        Path file = Files.writeString(directory.resolve("cluster.conf"), TCLUST.render());
        Process o2cb = new ProcessBuilder(
                        "/usr/sbin/o2cb", "--config-file=" + file, "list-nodes", "--oneline", "tclust")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(o2cb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("node: 0 nodo1 10.0.0.1:7777 tclust", "node: 1 nodo2 10.0.0.2:7777 tclust");
        assertThat(o2cb.waitFor()).isZero();
    }

    @Test
    void readsAClusterWrittenByHand() {
        assertThat(ClusterConf.parse(BY_HAND))
                .isEqualTo(ClusterConf.of(
                        "ocfs2",
                        List.of(
                                new O2cbNode(0, "sv1", "192.168.0.1", 7777),
                                new O2cbNode(1, "sv2", "192.168.0.2", 7777))));
    }

    @Test
    void readsSeveralClusters() {
        List<ClusterConf> clusters = ClusterConf.parseAll(Recorded.text("o2cb/cluster-two.conf"));
        assertThat(clusters).extracting(ClusterConf::name).containsExactly("tclust", "other");
        assertThat(clusters.get(0)).isEqualTo(TCLUST);
        assertThat(ClusterConf.parseAll(ClusterConf.render(clusters))).isEqualTo(clusters);
        assertThatThrownBy(() -> ClusterConf.parse(ClusterConf.render(clusters)))
                .hasMessageContaining("there are 2 clusters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster:\\r\\n\\tname = a\\r\\n|line 1, column 9: a Windows line end: o2cb refuses it",
                "cluster:\\n\\tname = a\\n\\r\\n|line 3, column 1: a Windows line end: o2cb refuses it",
                "cluster:\\nname = a\\n|line 2, column 1: 'name = a' is neither cluster:, node: nor heartbeat:, nor is it indented",
                "\\tname = a\\n|line 1, column 1: 'name = a' is not an attribute of a stanza",
                "cluster:\\n\\tname\\n|line 2, column 1: 'name' is not an attribute of a stanza",
                "cluster:\\n|line 1: the cluster has no name",
                "cluster:\\n\\n\\tname = a\\n|line 3, column 1: 'name = a' belongs to no stanza: an empty line ends a stanza",
                "cluster:\\n\\t# c\\n|line 2, column 1: '# c' is an indented comment, which o2cb does not read: put its # into the first column",
                "cluster:\\n\\tname = a\\n|line 1: the cluster has no node_count, without which o2cb does not read the file",
                "cluster:\\n\\tname = a\\n\\tnode_count = two\\n|line 1: node_count is 'two', not a number",
                "cluster:\\n\\tname = a\\n\\theartbeat_mode = none\\n|line 1: heartbeat_mode is 'none', neither local nor global",
                "cluster:\\n\\tname = a\\n\\tnode_count = 0\\ncluster:\\n\\tname = a\\n|line 4: the cluster 'a' is there twice",
                "cluster:\\n\\tname = a\\nnode:\\n\\tcluster = a\\n\\tnumber = x\\n|line 3: number is 'x', not a number",
                "cluster:\\n\\tname = a\\nnode:\\n\\tcluster = a\\n\\tnumber = 1\\n\\tname = n\\n\\tip_address = 1.2.3.4\\n|line 3: the node has no ip_port"
            })
    void refusesFilesThatO2cbDoesNotRead(String text, String message) {
        String file = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        assertThatThrownBy(() -> ClusterConf.parse(file))
                .isInstanceOf(TextFormatException.class)
                .hasMessage(message);
    }

    @Test
    void readsOrRefusesEveryTruncatedFile() {
        Recorded.onEachCut(Recorded.text("o2cb/cluster-two.conf"), TextFormatException.class, ClusterConf::parseAll);
    }

    @Test
    void readsDefaults() {
        assertThat(new O2cbDefaults(Recorded.text("o2cb/default.txt")).values())
                .containsExactly(
                        Map.entry(O2cbDefaults.ENABLED, "false"),
                        Map.entry(O2cbDefaults.BOOTCLUSTER, "ocfs2"),
                        Map.entry(O2cbDefaults.HEARTBEAT_THRESHOLD, "31"),
                        Map.entry(O2cbDefaults.IDLE_TIMEOUT_MS, "30000"),
                        Map.entry(O2cbDefaults.KEEPALIVE_DELAY_MS, "2000"),
                        Map.entry(O2cbDefaults.RECONNECT_DELAY_MS, "2000"));
    }

    @Test
    void changesDefaultsInPlace() {
        String text = Recorded.text("o2cb/default.txt");
        O2cbDefaults changed = new O2cbDefaults(text)
                .withValues(Map.of(O2cbDefaults.ENABLED, "true", O2cbDefaults.BOOTCLUSTER, "tclust"));
        assertThat(changed.text())
                .isEqualTo(text.replace("ENABLED=false", "ENABLED=true").replace("CLUSTER=ocfs2", "CLUSTER=tclust"));
        assertThat(changed.withValues(changed.values())).isEqualTo(changed);
    }

    @Test
    void keepsUnknownLinesOfDefaults() {
        String text = "  export A='x y' # c\n#O2CB_ENABLED=no\nO2CB_ENABLED=\"true\"\nif x; then\nB=1";
        O2cbDefaults defaults = new O2cbDefaults(text);
        assertThat(defaults.values()).containsEntry("A", "x y").containsEntry("O2CB_ENABLED", "true");
        assertThat(defaults.withValues(Map.of("O2CB_ENABLED", "true"))).isEqualTo(defaults);
        assertThat(defaults.withValues(Map.of("C", "2")).text()).isEqualTo(text + "\nC=2\n");
        refused(() -> defaults.withValues(Map.of("C", "$(id)")));
        assertThat(new O2cbDefaults("").withValues(Map.of("C", "2")).text()).isEqualTo("C=2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my-cluster", "a b", "ocfs2ocfs2ocfs2oc", "ä", "a\n", "$(id)"})
    void refusesInvalidClusterNames(String name) {
        assertThatThrownBy(() -> Ocfs2Rules.clusterName("name", name)).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3K", "256", "8K", "0", "-1", "1M", "x"})
    void refusesInvalidBlockSizes(String size) {
        assertThatThrownBy(() -> Ocfs2Rules.blockSize("blockSize", size))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("blockSize must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12K", "2K", "2M", "0", "-1", "8K8"})
    void refusesInvalidClusterSizes(String size) {
        assertThatThrownBy(() -> Ocfs2Rules.clusterSize("clusterSize", size))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("clusterSize must ");
    }

    @Test
    void acceptsValidFormatParameters() {
        assertThat(Ocfs2Rules.blockSize("blockSize", "4K")).hasToString("4K");
        assertThat(Ocfs2Rules.clusterSize("clusterSize", "1m")).hasToString("1M");
        assertThat(Ocfs2Rules.journalSize("journalSize", "32M")).hasToString("32M");
        assertThat(Ocfs2Rules.label("label", "x".repeat(63))).hasSize(63);
        assertThat(Ocfs2Rules.nodeSlots("nodeSlots", 255)).isEqualTo(255);
        assertThat(Ocfs2Rules.type("type", "mail")).isEqualTo("mail");
        assertThat(Ocfs2Rules.features("features", "max-features")).isEqualTo("max-features");
        assertThat(Ocfs2Rules.features("features", "nosparse,xattr")).isEqualTo("nosparse,xattr");
        assertThat(Ocfs2Rules.isFeatureLevel("max-compat")).isTrue();
        assertThat(Ocfs2Rules.isFeatureLevel("sparse")).isFalse();
    }

    @Test
    void refusesInvalidFormatParameters() {
        refused(() -> Ocfs2Rules.journalSize("journalSize", "3M"));
        refused(() -> Ocfs2Rules.label("label", "x".repeat(64)));
        refused(() -> Ocfs2Rules.label("label", "ü".repeat(32)));
        refused(() -> Ocfs2Rules.label("label", "a\tb"));
        refused(() -> Ocfs2Rules.nodeSlots("nodeSlots", 0));
        refused(() -> Ocfs2Rules.nodeSlots("nodeSlots", 256));
        refused(() -> Ocfs2Rules.type("type", "news"));
        refused(() -> Ocfs2Rules.features("features", "sparse, xattr"));
        refused(() -> Ocfs2Rules.features("features", "max-features,sparse"));
        refused(() -> Ocfs2Rules.features("features", ""));
    }

    @Test
    void limitsTimeouts() {
        assertThatCode(() -> Ocfs2Rules.timeouts(7, 5000, 1000, 2000)).doesNotThrowAnyException();
        refused(() -> Ocfs2Rules.timeouts(6, 5000, 1000, 2000));
        refused(() -> Ocfs2Rules.timeouts(7, 4999, 1000, 2000));
        refused(() -> Ocfs2Rules.timeouts(7, 5000, 999, 2000));
        refused(() -> Ocfs2Rules.timeouts(7, 5000, 5000, 2000));
        refused(() -> Ocfs2Rules.timeouts(7, 5000, 1000, 1999));
        assertThat(Ocfs2Rules.heartbeatSeconds(31)).isEqualTo(60);
    }

    @Test
    void matchesNodesByTheFirstLabelsOfTheirHostName() {
        assertThat(Ocfs2Rules.isNodeName("SV1", "sv1.example.org")).isTrue();
        assertThat(Ocfs2Rules.isNodeName("sv1.Example", "sv1.example.org")).isTrue();
        assertThat(Ocfs2Rules.isNodeName("sv1.example.org", "sv1.example.org")).isTrue();
        assertThat(Ocfs2Rules.isNodeName("sv1.example.org", "sv1")).isFalse();
        assertThat(Ocfs2Rules.isNodeName("sv1.exa", "sv1.example.org")).isFalse();
        assertThat(Ocfs2Rules.isNodeName("", "sv1")).isFalse();
        assertThat(Ocfs2Rules.isNodeName("sv2", "sv1")).isFalse();
    }

    @Test
    void refusesInvalidClustersThatO2cbAcceptsSilently() {
        assertThatCode(() -> Ocfs2Rules.check(TCLUST)).doesNotThrowAnyException();
        node(new O2cbNode(1, "nodo2", "10.0.0.1", 7777), "an address twice");
        node(new O2cbNode(0, "nodo2", "10.0.0.2", 7777), "a number twice");
        node(new O2cbNode(1, "Nodo1", "10.0.0.2", 7777), "a name twice");
        node(new O2cbNode(1, "nodo2", "10.0.0.2", 99999), "port must be 1 to 65535");
        node(new O2cbNode(1, "nodo 2", "10.0.0.2", 7777), "node must be a host name");
        node(new O2cbNode(1, "x".repeat(64), "10.0.0.2", 7777), "node must be a host name");
        node(new O2cbNode(255, "nodo2", "10.0.0.2", 7777), "node number must be 0 to 254");
        node(new O2cbNode(1, "nodo2", "fd00::1", 7777), "address must be an IPv4 address");
        node(new O2cbNode(1, "nodo2", "10.0.0.256", 7777), "address must be an IPv4 address");
    }

    private static void node(O2cbNode second, String message) {
        ClusterConf cluster = ClusterConf.of("tclust", List.of(TCLUST.nodes().get(0), second));
        assertThatThrownBy(() -> Ocfs2Rules.check(cluster))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(message);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class);
    }
}
