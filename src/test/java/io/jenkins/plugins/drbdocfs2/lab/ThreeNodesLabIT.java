package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The three-node example; skipped unless the lab has a custom kernel with DRBD 9 (LAB_KERNEL). */
@TestMethodOrder(OrderAnnotation.class)
class ThreeNodesLabIT {
    private static final String EXAMPLE = Lab.read("examples/three-nodes-quorum/Jenkinsfile");

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        assumeTrue(System.getenv("LAB_KERNEL") != null, "Debian's kernel has DRBD 8.4, with two nodes");
        lab = Lab.up("sv1", "sv2", "sv3");
        assumeTrue(lab.hasDrbd9(), "three nodes need DRBD 9");
    }

    @Test
    @Order(1)
    void losesANodeAndTakesItBack() {
        LabBuild build = LabBuild.start(lab, EXAMPLE).succeeds();
        assertThat(build.log()).contains("Refused as expected: ").contains("has no quorum there");
        for (String node : new String[] {"sv1", "sv2", "sv3"}) {
            JsonObject status = build.last("drbdStatus", node);
            assertThat(status.getString("disk")).isEqualTo("UpToDate");
            assertThat(status.getString("connection")).isEqualTo("Connected");
            assertThat(status.getString("role")).isEqualTo(node.equals("sv3") ? "Primary" : "Secondary");
        }
    }

    @Test
    @Order(2)
    void losesAnotherNodeWhenRunAgain() {
        LabBuild build = LabBuild.start(lab, EXAMPLE).succeeds();
        assertThat(build.last("drbdStatus", "sv2").getString("role")).isEqualTo("Primary");
    }

    /** A step that creates r9 from a configuration text, with a node-id for each node from sv1 on. */
    private static String createR9(int... ids) {
        StringBuilder hosts = new StringBuilder();
        for (int node = 1; node <= ids.length; node++) {
            hosts.append("  on sv%1$d { node-id %2$d; address 192.168.0.%1$d:7799; }\n".formatted(node, ids[node - 1]));
        }
        String mesh = ids.length < 3 ? "" : "  connection-mesh { hosts sv1 sv2 sv3; }\n";
        return "drbdCreateResource(resource: 'r9', config: \"\"\"resource r9 {\n  device /dev/drbd9; disk /dev/sys/d9;"
                + " meta-disk internal;\n" + hosts + mesh + "}\n\"\"\")\n";
    }

    private static void onEach(int nodes, String script) {
        for (int node = 1; node <= nodes; node++) {
            lab.ssh(node, script);
        }
    }

    @Test
    @Order(3)
    void recreatesUnusedMetadataWithOtherNodeIds() {
        LabBuild.run(lab, 3, "lvmCreateVolume(group: 'sys', name: 'd9', size: '128M', devices: '/dev/sdc')")
                .succeeds();
        LabBuild.run(lab, 2, createR9(3, 7) + "drbdRemoveResource('r9')").succeeds();
        LabBuild build = LabBuild.run(lab, 2, createR9(5, 7)).succeeds();
        assertThat(build.log()).contains("sv1: drbdadm create-md --force r9/0", "sv2: drbdadm create-md --force r9/0");
        onEach(2, "drbdadm down r9; drbdadm apply-al r9");
        assertThat(lab.ssh(1, "drbdadm dump-md r9 | grep '^node-id'")).isEqualTo("node-id 5;\n");
        build = LabBuild.run(lab, 2, createR9(5, 7)).succeeds();
        assertThat(build.log()).doesNotContain("create-md");
    }

    @Test
    @Order(4)
    void refusesAPeerWithoutRoomInTheMetadata() {
        String good = "drbdPromote(resource: 'r9', node: 'sv1', force: true)\ndrbdWaitSync('r9')\n";
        LabBuild.run(lab, 2, good).succeeds();
        String before = lab.ssh(1, "cat /etc/drbd.d/r9.res; drbdadm status r9");
        LabBuild build = LabBuild.run(lab, 3, createR9(5, 7, 8)).fails();
        assertThat(build.changesNothing().log())
                .contains("sv1: the metadata of /dev/sys/d9 (at internal) have max-peers 1, taken by the node-ids [7],"
                        + " and 'r9' is to have [7, 8]")
                .contains("sv2: the metadata of /dev/sys/d9");
        assertThat(lab.ssh(1, "cat /etc/drbd.d/r9.res; drbdadm status r9")).isEqualTo(before);

        LabBuild.run(lab, 2, "drbdDemote(resource: 'r9', node: 'sv1')").succeeds();
        for (int node = 2; node >= 1; node--) {
            lab.ssh(
                    node,
                    "drbdadm down r9 && lvextend -q -L +4M sys/d9"
                            + " && drbdadm create-md --force --max-peers=2 r9 && drbdadm up r9");
            LabBuild.run(lab, 2, createR9(5, 7) + "drbdWaitSync('r9')").succeeds();
        }
        lab.ssh(3, "lvextend -q -L +4M sys/d9");
        build = LabBuild.run(lab, 3, createR9(5, 7, 8) + "drbdWaitSync('r9')\ndrbdStatus('r9')")
                .succeeds();
        assertThat(build.last("drbdStatus", "sv3").getString("disk")).isEqualTo("UpToDate");
    }
}
