package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.CLUSTER;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.MNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.clustered;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.drbd0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.formatted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.online;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.volume;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assertRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.onlyRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.FencedNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Format;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hazards to data in filesystems and clusters on top of DRBD, one by one. */
class FilesystemDataLossTest {
    private static final Map<String, String> EXT4 = Map.of("TYPE", "ext4", "LABEL", "www", "UUID", "6c1d");

    private static Ocfs2Format format(String blockSize, String clusterSize, String label, String overwrite) {
        return new Ocfs2Format(
                DRBD0, label, null, blockSize, clusterSize, null, null, null, null, Overwrite.parse(overwrite));
    }

    private static final Ocfs2Format PLAIN = format(null, null, null, null);

    @Test
    @DisplayName("H4: refuses to format over another filesystem")
    void refusesToFormatOverAnotherFilesystem() throws Exception {
        NodeFacts sv1 = clustered(SV1).with(BlockDevice.probe(DRBD0), drbd0(true, EXT4));

        assertRefusal(
                onlyRefusal(PLAIN, sv1, clustered(SV2)),
                "sv1",
                "/dev/drbd0 holds ext4 'www' 6c1d",
                "It would be lost",
                "set overwrite: \"ext4 'www' 6c1d\"");
        assertThat(planned(format(null, null, null, "ext4 'www' 6c1d").plan(cluster(sv1, clustered(SV2))), SV1))
                .singleElement()
                .asString()
                .startsWith("mkfs.ocfs2 ");
    }

    @Test
    @DisplayName("H4: refuses to format a disk below DRBD; no parameter allows it")
    void refusesToFormatADiskBelowDrbd() {
        NodeFacts below = clustered(SV1)
                .with(
                        DrbdDevices.PROBE,
                        Ocfs2Nodes.devices("/dev/drbd9 minor 9", "/dev/drbd0", "net { allow-two-primaries; }"));

        assertRefusal(
                refusals(format(null, null, null, "unknown data"), below, clustered(SV2))
                        .get(0),
                "sv1",
                "/dev/drbd0 is a disk of the DRBD resource 'r0'",
                "destroys the resource's metadata and data",
                "no parameter allows this");
    }

    @Test
    @DisplayName("H4: refuses to format a device that a peer has mounted; no parameter allows it")
    void refusesToFormatADeviceThatAPeerHasMounted() {
        NodeFacts sv1 = formatted(SV1).with(Ocfs2Probes.volume(DRBD0), Ocfs2Nodes.usedBy(1));
        Ocfs2Format over = format(null, null, null, "ocfs2 'data' " + Ocfs2Nodes.UUID);

        List<Refusal> refusals = refusals(over, sv1, mounted(SV2));
        assertRefusal(
                refusals.get(0),
                "sv2",
                "/dev/drbd0 is in use: mounted at " + MNT,
                "All files on it would be lost",
                "no parameter allows this");
        assertRefusal(
                refusals.get(1),
                "sv1",
                "it is mounted by sv2",
                "All files on it would be lost",
                "Unmount it there first");
    }

    @Test
    @DisplayName("H4: refuses to format on a node that is not an UpToDate Primary")
    void refusesToFormatOnASecondary() throws Exception {
        NodeFacts secondary = Ocfs2Nodes.with(clustered(SV1), "Secondary", "UpToDate", "Secondary", true);
        NodeFacts stale = Ocfs2Nodes.with(clustered(SV2), "Primary", "Inconsistent", "Secondary", true);

        assertThat(refusals(PLAIN, secondary, stale))
                .allMatch(refusal -> refusal.remedy().contains("drbdPromote"))
                .extracting(Refusal::node)
                .containsExactly("sv1", "sv2");
        assertThat(planned(PLAIN.plan(cluster(secondary, clustered(SV2))), SV2)).hasSize(1);
    }

    @Test
    @DisplayName("H5: refuses a single-node filesystem on two Primaries")
    void refusesASingleNodeFilesystemOnTwoPrimaries() throws Exception {
        FilesystemFormat xfs = new FilesystemFormat(DRBD0, "xfs", null, Overwrite.NOTHING);
        NodeFacts sv1 = clustered(SV1).with(SystemProbes.tools("mkfs.xfs"), Set.of("mkfs.xfs"));
        NodeFacts sv2 = clustered(SV2).with(SystemProbes.tools("mkfs.xfs"), Set.of("mkfs.xfs"));

        assertRefusal(
                refusals(xfs, sv1, sv2).get(0),
                "sv1",
                "'r0' allows two Primaries",
                "is destroyed",
                "ocfs2Format, or create the resource without dualPrimary");
        NodeFacts single = Ocfs2Nodes.with(sv1, "Primary", "UpToDate", "Secondary", false);
        NodeFacts peer = Ocfs2Nodes.with(sv2, "Secondary", "UpToDate", "Primary", false);
        assertThat(planned(xfs.plan(cluster(single, peer)), SV1)).containsExactly("mkfs.xfs -q /dev/drbd0");
    }

    @Test
    @DisplayName("H5: two Primaries require protocol C")
    void twoPrimariesRequireProtocolC() {
        ResourceSpec spec =
                new ResourceSpec("r0", DrbdNodes.spec(true).volumes(), List.of(), null, 7789, "B", true, null);
        assertThatThrownBy(() -> spec.on(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("protocol must be C where two nodes may be Primary");
    }

    @Test
    @DisplayName("H9: matches the node names of o2cb up to the first dot, ignoring case")
    void matchesNodeNamesAsO2cbDoes() {
        assertThat(Ocfs2Rules.isNodeName("sv1", "SV1.example.org")).isTrue();
        assertThat(Ocfs2Rules.isNodeName("sv1.example.org", "sv1")).isFalse();
        assertThat(Ocfs2Rules.nodeName("sv1.example.org")).isEqualTo("sv1");
    }

    @Test
    @DisplayName("H14: refuses to mount if the node would reset itself while DRBD waits for a dead peer")
    void refusesToMountWithAShortHeartbeat() throws Exception {
        ClusterMount mount = new ClusterMount(DRBD0, MNT, "ocfs2", null, true);
        String slow = "net { allow-two-primaries; ping-int 20; ping-timeout 30; } startup { become-primary-on both; }";
        NodeFacts sv1 = formatted(SV1)
                .with(DrbdDevices.PROBE, Ocfs2Nodes.devices("/dev/drbd0 minor 0", "/dev/sys/drbd0", slow))
                .with(Ocfs2Probes.STATE, online(CLUSTER, Map.of(O2cbDefaults.HEARTBEAT_THRESHOLD, 12)));

        assertRefusal(
                onlyRefusal(mount, sv1, formatted(SV2)),
                "sv1",
                "the heartbeat's 22 s are not above the 23000 ms that the resource 'r0' waits",
                "would reset itself while DRBD still waits",
                "Set heartbeatThreshold to 13 or more");
        NodeFacts patient = sv1.with(Ocfs2Probes.STATE, online(CLUSTER, Map.of(O2cbDefaults.HEARTBEAT_THRESHOLD, 13)));
        assertThat(planned(mount.plan(cluster(patient, formatted(SV2))), SV1)).contains("mkdir -p " + MNT);
    }

    @Test
    @DisplayName("H14: refuses a resource with such a long timeout below a cluster that is online")
    void refusesToCreateWithAShortHeartbeat() throws Exception {
        DrbdCreateResource slow = new DrbdCreateResource(
                FencedNodes.spec("net { timeout 130; }"), Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        NodeFacts online =
                fresh(SV2).with(Ocfs2Probes.STATE, online(CLUSTER, Map.of(O2cbDefaults.HEARTBEAT_THRESHOLD, 7)));

        assertRefusal(
                onlyRefusal(slow, fresh(SV1), online),
                "sv2",
                "the heartbeat's 12 s are not above the 13000 ms",
                "would reset itself",
                "Set heartbeatThreshold to 8 or more");
        NodeFacts patient = online.with(Ocfs2Probes.STATE, online(CLUSTER, Map.of()));
        assertThat(planned(slow.plan(cluster(fresh(SV1), patient)), SV2)).contains("drbdadm up r0");
    }

    @ParameterizedTest
    @DisplayName("H15: refuses values that mkfs.ocfs2 would silently round or truncate")
    @CsvSource({
        "3K,,data,blockSize",
        ",12K,data,clusterSize",
        ",,0123456789012345678901234567890123456789012345678901234567890123,label"
    })
    void refusesValuesThatMkfsWouldRound(String blockSize, String clusterSize, String label, String parameter) {
        assertThatThrownBy(() -> format(blockSize, clusterSize, label, null).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(parameter + " must ");
    }

    @Test
    @DisplayName("H15: reads the created filesystem back")
    void readsTheFilesystemBack() {
        NodeFacts other =
                formatted(SV1).with(Ocfs2Probes.volume(DRBD0), Optional.of(volume("data", 2, "tclustertclustert")));
        assertThatThrownBy(() -> PLAIN.confirm(cluster(other, formatted(SV2))))
                .hasMessageContaining("on sv1, /dev/drbd0 differs from the request after mkfs.ocfs2")
                .hasMessageContaining("'tclustertclustert'");
    }

    @Test
    @DisplayName("H17: mounts OCFS2 at boot after DRBD and o2cb, and a single-node filesystem not at all")
    void mountsOcfs2AtBootAfterDrbdAndO2cb() throws Exception {
        Plan plan = new ClusterMount(DRBD0, MNT, "ocfs2", null, true).plan(cluster(formatted(SV1), formatted(SV2)));
        assertThat(fstabOptions(plan))
                .contains("_netdev", "x-systemd.requires=drbd.service", "x-systemd.requires=o2cb.service");
        NodeFacts xfs = Ocfs2Nodes.with(formatted(SV1), "Primary", "UpToDate", "Secondary", false)
                .with(BlockDevice.probe(DRBD0), drbd0(true, Map.of("TYPE", "xfs", "UUID", "6c1d")));
        assertThat(fstabOptions(new ClusterMount(DRBD0, MNT, "xfs", null, true).plan(cluster(xfs))))
                .containsExactly("noauto");
    }

    private static List<String> fstabOptions(Plan plan) {
        PutFile file = plan.changes().stream()
                .filter(PutFile.class::isInstance)
                .map(PutFile.class::cast)
                .findFirst()
                .orElseThrow();
        return List.of(new Fstab(file.after())
                .linesAt(Set.of(MNT))
                .get(0)
                .entry()
                .options()
                .split(","));
    }
}
