package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The step clusterTestFencing, while a writer is on each of two Primaries: every record that was acknowledged is on both nodes
 * afterwards. It needs nodes that can drop packets; {@link FencingLabIT} has all other losses of the peer.
 */
@TestMethodOrder(OrderAnnotation.class)
class FencingTestLabIT {
    @AutoClose
    private static Lab lab;

    private static TwoPrimaries nodes;

    @BeforeAll
    static void up() {
        lab = Lab.upWithPacketFilter("sv1", "sv2");
        nodes = new TwoPrimaries(lab);
        LabBuild.start(lab, TwoPrimaries.BUILD).succeeds();
    }

    @Test
    @Order(1)
    void theTestOfAnyLossFreezesBothNodesAndHeals() {
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        JsonObject seconds = LabBuild.run(lab, "clusterTestFencing('sv2')")
                .succeeds()
                .last("clusterTestFencing")
                .getObject("seconds");
        assertThat(seconds.getDouble("lost")).isBetween(0.0, 25.0);
        assertThat(seconds.getDouble("resumed")).isBetween(20.0, 55.0);
        writers.forEach(writer -> writer.awaitMore(5));
        RecordWriter.stopOnBoth(lab);
        nodes.awaitConnected();
        RecordWriter.checkOnBoth(writers);
        assertThat(nodes.resets()).isZero();
        assertThat(lab.ssh(2, "iptables-legacy -nL; ls /run/drbd-ocfs2-steps"))
                .doesNotContain("7789", "fencing-test\n");
    }

    @Test
    @Order(2)
    void theTestOfFencingFencesTheNodeAndWaitsUntilAllIsAsBefore() {
        LabBuild.run(lab, TwoPrimaries.FENCING_DEVICES).succeeds();
        LabBuild.start(lab, TwoPrimaries.BUILD).succeeds();
        List<RecordWriter> writers = RecordWriter.onBoth(lab, "/mnt/drbd0");
        List<String> boots = List.of(nodes.bootId(1), nodes.bootId(2));
        JsonObject test =
                LabBuild.run(lab, "clusterTestFencing('sv1')").succeeds().last("clusterTestFencing");
        JsonObject seconds = test.getObject("seconds");
        assertThat(seconds.getDouble("lost")).isBetween(0.0, 30.0);
        assertThat(seconds.getDouble("resumed")).isBetween(seconds.getDouble("lost"), 44.0);
        assertThat(seconds.getDouble("back")).isGreaterThan(seconds.getDouble("resumed"));
        assertThat(seconds.getDouble("inSync")).isGreaterThanOrEqualTo(seconds.getDouble("back"));
        assertThat(nodes.bootId(1)).isNotEqualTo(boots.get(0));
        assertThat(nodes.bootId(2)).isEqualTo(boots.get(1)); // although it has the higher number
        writers.get(1).awaitMore(5);
        nodes.awaitWhole();
        RecordWriter.stopOnBoth(lab);
        RecordWriter.checkOnBoth(writers);
    }
}
