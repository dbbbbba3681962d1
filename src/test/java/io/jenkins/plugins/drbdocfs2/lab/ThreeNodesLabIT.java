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

/** The example of three nodes, where the lab has a kernel of the user's with DRBD 9 (LAB_KERNEL); else it is skipped. */
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
    void aNodeIsLostAndTakenBack() {
        LabBuild build = LabBuild.start(lab, EXAMPLE).succeeds();
        assertThat(build.log()).contains("As it should be: ").contains("has no quorum there");
        for (String node : new String[] {"sv1", "sv2", "sv3"}) {
            JsonObject status = build.last("drbdStatus", node);
            assertThat(status.getString("disk")).isEqualTo("UpToDate");
            assertThat(status.getString("connection")).isEqualTo("Connected");
            assertThat(status.getString("role")).isEqualTo(node.equals("sv3") ? "Primary" : "Secondary");
        }
    }

    @Test
    @Order(2)
    void theSameAgainLosesAnotherNode() {
        LabBuild build = LabBuild.start(lab, EXAMPLE).succeeds();
        assertThat(build.last("drbdStatus", "sv2").getString("role")).isEqualTo("Primary");
    }
}
