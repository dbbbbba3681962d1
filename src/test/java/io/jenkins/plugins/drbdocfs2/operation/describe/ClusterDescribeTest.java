package io.jenkins.plugins.drbdocfs2.operation.describe;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.operation.TestNodes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterDescribeTest {
    private static final ClusterDescribe DESCRIBE = new ClusterDescribe(
            null, new SurroundingBlock(null, BOTH, Map.of("sv1", "root", "sv2", "root"), false, null));
    private static final String RES = "/etc/drbd.d/r0.res";
    private static final String CLUSTER =
            "cluster:\n  node_count = 2\n  name = web\n\nnode:\n  ip_port = 7777\n  ip_address = 10.77.0.1\n  number = 0\n"
                    + "  name = sv1\n  cluster = web\n\nnode:\n  ip_port = 7777\n  ip_address = 10.77.0.2\n  number = 1\n"
                    + "  name = sv2\n  cluster = web\n";
    private static final String ONLINE =
            "cluster web\ndead_threshold 21\nidle_timeout_ms 15000\nkeepalive_delay_ms 2000\n"
                    + "reconnect_delay_ms 2000\nmode local\nnode 0 10.77.0.1 7777 %s sv1\nnode 1 10.77.0.2 7777 %s sv2\n";

    /** A resource by hand: the dump of drbdadm, with these lines besides the nodes. */
    private static SimulatedNodes byHand(boolean dualPrimary, String options) {
        return SimulatedNodes.running(dualPrimary, "Primary", dualPrimary ? "Primary" : "Secondary")
                .with("mounts", SimulatedNodes.mount("98:0", "/dev/root", "ext4", "/"))
                .with("file " + RES, "644\n# by hand\nresource r0 { }\n")
                .with("file /etc/ocfs2/cluster.conf", "")
                .with("file /etc/fstab", "644\n/dev/root / ext4 defaults 0 1\n")
                .change("drbd resource r0", dump -> dump.replace("dump }\nadjusting", options + "dump }\nadjusting"));
    }

    private static ClusterFacts facts(SimulatedNodes nodes) throws Exception {
        return nodes.collectFacts(DESCRIBE, BOTH, (node, probes) -> {});
    }

    private static String jenkinsfile(SimulatedNodes nodes) throws Exception {
        ClusterFacts facts = facts(nodes);
        String jenkinsfile = (String) TestNodes.report(DESCRIBE, facts).get("jenkinsfile");
        assertThat(DESCRIBE.plan(facts).printed()).isEqualTo(jenkinsfile);
        assertThat(DESCRIBE.plan(facts).isEmpty()).isTrue();
        return jenkinsfile;
    }

    /** The steps that are not comments, without blanks. */
    private static String live(String jenkinsfile) {
        return jenkinsfile
                .lines()
                .filter(line -> !line.strip().startsWith("//"))
                .reduce("", (all, line) -> all + line.strip() + " ");
    }

    /** The comments on one line. */
    private static String comments(String jenkinsfile) {
        return jenkinsfile
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("//"))
                .reduce("", (all, line) -> all + line.substring(2));
    }

    @Test
    void describesAFileOfThisPluginInItsWords() throws Exception {
        String jenkinsfile = jenkinsfile(SimulatedNodes.running(false, "Primary", "Secondary"));
        assertThat(live(jenkinsfile))
                .contains("withClusterNodes( nodes: [ [name: 'sv1', host: ", "credentialsId: 'root' ) {")
                .contains("drbdCreateResource( resource: 'r0', device: '/dev/drbd0', disk: '/dev/sys/drbd0',"
                        + " metaDisk: 'internal', port: 7789 )")
                .contains("drbdPromote(resource: 'r0', node: 'sv1')")
                .doesNotContain("drbdPromote(resource: 'r0', node: 'sv2')");
    }

    @Test
    void describesAHandWrittenFileWithItsOptions() throws Exception {
        String jenkinsfile = jenkinsfile(
                byHand(true, "dump net { after-sb-0pri discard-zero-changes; }\ndump disk { on-io-error detach; }\n"));
        assertThat(live(jenkinsfile))
                .contains("dualPrimary: true, onPeerLoss: 'continue', options: ''' net { after-sb-0pri"
                        + " discard-zero-changes; } disk { on-io-error detach; } '''");
        assertThat(jenkinsfile).contains("// warning: 'r0' allows two Primaries without fencing");
    }

    @Test
    void keepsAForeignHandlerInTheOptions() throws Exception {
        assertThat(live(jenkinsfile(byHand(
                        true,
                        "dump disk { fencing resource-and-stonith; }\ndump handlers { fence-peer \"/usr/lib/drbd/it's\";"
                                + " }\n"))))
                .contains("handlers { fence-peer \"/usr/lib/drbd/it\\'s\"; }")
                .doesNotContain("onPeerLoss");
    }

    @Test
    void describesTheHandlerOfThisPluginAsOnPeerLoss() throws Exception {
        String own = "dump disk { fencing resource-and-stonith; }\n"
                + "dump handlers { fence-peer \"/usr/local/sbin/drbd-fence-peer\"; }\n";
        assertThat(jenkinsfile(byHand(true, own)))
                .contains("onPeerLoss: 'freeze'")
                .doesNotContain("fence-peer \"");
        String fenced = jenkinsfile(byHand(true, own).with("fencing devices", "wait=0\nlimit=8\nsv1\nsv2\n"));
        assertThat(fenced).contains("onPeerLoss: 'fence'");
        assertThat(comments(fenced))
                .contains("sv1, sv2: /etc/drbd-fencing.conf has fencing devices for sv1, sv2. They are not described");
    }

    @Test
    void showsNoSecret() throws Exception {
        SimulatedNodes nodes = byHand(false, "dump net { cram-hmac-alg sha1; shared-secret \"top secret\"; }\n");
        ClusterFacts facts = facts(nodes);
        String all = TestNodes.report(DESCRIBE, facts) + jenkinsfile(nodes);
        assertThat(all)
                .contains("sharedSecretCredentialsId: 'drbd-r0'", "cram-hmac-alg sha1;")
                .contains("the password of credentials with the ID drbd-r0")
                .doesNotContain("top secret");
    }

    @Test
    void namesTheOptionsOfTheSectionCommonAndOtherManagers() throws Exception {
        String jenkinsfile = jenkinsfile(byHand(false, "")
                .change(
                        "drbd resource r0",
                        dump -> "common common {\ncommon net { verify-alg crc32c; }\ncommon }\n" + dump)
                .with(
                        "drbd managers",
                        "drbd-reactor /etc/drbd-reactor.d/r0.toml\n [[promoter]]\n [promoter.resources.r0]\n"));
        assertThat(comments(jenkinsfile))
                .contains(" sv1, sv2: the section common", "net { verify-alg crc32c; }")
                .contains(" sv1, sv2: 'r0' is managed by drbd-reactor");
    }

    @Test
    void describesDifferentDisksOfNodesAndTellsDifferentFiles() throws Exception {
        SimulatedNodes nodes = byHand(false, "")
                .change("drbd resource r0", dump -> dump.replaceFirst("(?s)(sv2.*?)/dev/sys/drbd0", "$1/dev/sys/other"))
                .with(
                        "device /dev/sys/other",
                        SimulatedNodes.device("/dev/dm-0", "254:0", "user drbd0\nreadable\n", "TYPE=drbd\n"));
        assertThat(live(jenkinsfile(nodes)))
                .contains("nodeDisks: [[node: 'sv2', disk: '/dev/sys/other', metaDisk: 'internal']]");

        SimulatedNodes differing = byHand(false, "");
        differing.change(SV2, "drbd resource r0", dump -> dump.replace("7789", "7790"));
        assertThat(jenkinsfile(differing))
                .contains("// sv2: 'r0' is configured otherwise than on sv1: port of sv1: sv1 has 7789, sv2 7790");
    }

    @Test
    void writesTheTextOfAFileThatParametersCannotSay() throws Exception {
        SimulatedNodes nodes =
                byHand(false, "").change("drbd resource r0", dump -> dump.replaceFirst("(?s)(sv2.*?):7789", "$1:7790"));
        assertThat(live(jenkinsfile(nodes)))
                .contains("drbdCreateResource( resource: 'r0', config: ''' resource r0 {", "10.77.0.2:7790");
    }

    @Test
    void takesTheReplicationAddressesOfTheFiles() throws Exception {
        List<Node> others = List.of(new Node("sv1", "one", 22, "one"), new Node("sv2", "two", 22, "two"));
        ClusterDescribe describe = new ClusterDescribe(null, SurroundingBlock.UNKNOWN);
        ClusterFacts facts = byHand(false, "").collectFacts(describe, others, (node, probes) -> {});
        assertThat(live((String) TestNodes.report(describe, facts).get("jenkinsfile")))
                .contains("[name: 'sv1', host: 'one', address: '10.77.0.1'], [name: 'sv2', host: 'two', address:"
                        + " '10.77.0.2'], ] ) {")
                .contains("drbdCreateResource( resource: 'r0'");
    }

    @Test
    void describesTheVolumesBelowDrbd() throws Exception {
        String lvm =
                " sys|1073741824|536870912|4194304|wz--n-\n=\n sys|drbd0|%s|-wi-ao----\n sys|other|4194304|-wi-a-----\n"
                        + "=\n /dev/sdb|sys|1073741824|a--\n=\n/dev/sdb|/dev/sdb\n";
        SimulatedNodes nodes = byHand(false, "")
                .on(SV1, "lvm", lvm.formatted("134217728"))
                .on(SV2, "lvm", lvm.formatted("138412032").replace("/dev/sdb", "/dev/sdc"));
        String jenkinsfile = jenkinsfile(nodes);
        assertThat(live(jenkinsfile))
                .contains("lvmCreateVolume(group: 'sys', name: 'drbd0', size: '128M')")
                .doesNotContain("other");
        assertThat(jenkinsfile)
                .contains("// sv2: sys/drbd0 has 132M, more than the requested 128M; not changed")
                .contains("// sv1: the group 'sys' is made of /dev/sdb, on other nodes of other devices");
    }

    @Test
    void describesTheClusterAndWhatItsStepWouldChange() throws Exception {
        SimulatedNodes nodes = byHand(true, "")
                .with("file /etc/ocfs2/cluster.conf", "644\n" + CLUSTER)
                .on(SV1, "o2cb state", ONLINE.formatted(1, 0))
                .on(SV2, "o2cb state", ONLINE.formatted(0, 1))
                .with("sysctl kernel.panic_on_oops", "1\n")
                .with(
                        "file /etc/default/o2cb",
                        "644\nO2CB_ENABLED=true\nO2CB_BOOTCLUSTER=web\nO2CB_HEARTBEAT_THRESHOLD=21\n"
                                + "O2CB_IDLE_TIMEOUT_MS=15000\nO2CB_KEEPALIVE_DELAY_MS=2000\n"
                                + "O2CB_RECONNECT_DELAY_MS=2000\n")
                .with("file /etc/sysctl.d/99-z-ocfs2.conf", "");
        String call = "ocfs2ConfigureCluster(name: 'web', heartbeatThreshold: 21, idleTimeoutMillis: 15000)";
        assertThat(jenkinsfile(nodes))
                .contains(
                        "// This step would change:",
                        "// - sv1, sv2: write /etc/sysctl.d/99-z-ocfs2.conf",
                        "// " + call);
        assertThat(live(jenkinsfile(nodes.with(
                        "sysctl at boot", "# /etc/sysctl.conf\nkernel.panic=30\nkernel.panic_on_oops = 1\n"))))
                .contains(call);
    }

    @Test
    void describesMountsAndTheirLinesInFstab() throws Exception {
        SimulatedNodes nodes = byHand(false, "")
                .with(
                        "device /dev/drbd0",
                        SimulatedNodes.device("/dev/drbd0", "147:0", "readable\n", "TYPE=xfs\nLABEL=www\nUUID=6c1d\n"))
                .on(
                        SV1,
                        "mounts",
                        SimulatedNodes.mount("98:0", "/dev/root", "ext4", "/")
                                + SimulatedNodes.mount("147:0", "/dev/drbd0", "xfs", "/srv/www")
                                        .replace("rw,relatime", "rw,noatime"))
                .with("mount place ", "directory\n3\n=\n/srv/www\n");
        assertThat(live(jenkinsfile(nodes)))
                .contains("filesystemFormat(device: '/dev/drbd0', type: 'xfs', label: 'www')")
                .contains("clusterMount( device: '/dev/drbd0', mountPoint: '/srv/www', type: 'xfs', options: 'noatime',"
                        + " fstab: false, nodes: 'sv1' )");

        nodes.with(
                "file /etc/fstab",
                "644\n/dev/drbd0 /srv/www xfs noatime,noauto 0 0\n/dev/drbd0 /srv/two xfs noauto 0 0\n");
        assertThat(jenkinsfile(nodes))
                .contains("type: 'xfs', options: 'noatime', nodes: 'sv1')")
                .contains(
                        "// sv1, sv2: /etc/fstab has /dev/drbd0 at /srv/two (xfs, noauto), which is not mounted there now");
    }

    @Test
    void failsIfSomethingCannotBeRead() {
        assertUnread(byHand(false, "").on(SV2, "lvm", "=\n"), "sv2: `vgs`, `lvs` and `pvs` do not report");
        assertUnread(
                byHand(false, "").on(SV1, "drbd devices", "= failed 10\ndrbd.d/r0.res:1: Parse error\n"),
                "sv1: `drbdadm dump` fails");
        assertUnread(
                byHand(false, "").on(SV1, "file /etc/ocfs2/cluster.conf", "644\ncluster:\n\tname = web\n"),
                "sv1: /etc/ocfs2/cluster.conf cannot be read");
        assertUnread(byHand(false, "").on(SV1, "drbd state", "?\n"), "sv1: `drbdsetup events2 --now`");
    }

    @Test
    void refusesAResourceThatNoNodeHas() {
        ClusterDescribe other = new ClusterDescribe("r0 r9", SurroundingBlock.UNKNOWN);
        assertThatThrownBy(() -> byHand(false, "").plan(other, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is no resource 'r9' on sv1, sv2");
    }

    private static void assertUnread(SimulatedNodes nodes, String words) {
        assertThatThrownBy(() -> DESCRIBE.plan(facts(nodes)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(words);
    }
}
