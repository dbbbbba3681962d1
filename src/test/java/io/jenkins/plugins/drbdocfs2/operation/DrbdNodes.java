package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Facts of nodes with DRBD 8.4 and the resource r0, for tests of plans. */
public final class DrbdNodes {
    static final DrbdVersion VERSION = new DrbdVersion("9.22.0", "8.4.11", 1);
    public static final GenerationIds SYNCED = new GenerationIds(0xABCD_0000_1234_0000L, 0, List.of(0L, 0L), Set.of());

    private DrbdNodes() {}

    /** The resource r0: one volume on /dev/sys/drbd0 with external metadata. */
    public static ResourceSpec spec(boolean dualPrimary) {
        return new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "/dev/sys/drbd0_meta")),
                List.of(),
                null,
                7789,
                "C",
                dualPrimary,
                null);
    }

    public static ConfiguredResource configured(boolean dualPrimary, GenerationIds ids) {
        Resource resource = spec(dualPrimary).on(TestNodes.BOTH);
        return new ConfiguredResource(resource, "", true, List.of(), ids == null ? Map.of() : Map.of(0, List.of(ids)));
    }

    /** The state of r0 when it is up. */
    public static ResourceState state(String role, String disk, String connection, String peerRole, String peerDisk) {
        String replication = connection.equals("Connected") ? "Established" : "Off";
        return new ResourceState(
                "r0",
                Role.parse(role),
                false,
                Map.of(0, new DeviceState(0, 0, DiskState.parse(disk), null, null, 1048576L, null)),
                Map.of(
                        "peer",
                        new ConnectionStatus(
                                "peer",
                                null,
                                ConnectionState.parse(connection),
                                Role.parse(peerRole),
                                Map.of(
                                        0,
                                        new PeerDeviceState(
                                                0,
                                                ReplicationState.parse(replication),
                                                DiskState.parse(peerDisk),
                                                false,
                                                0L)))));
    }

    /** A node with r0 configured, and up in this state or, if null, down. */
    public static NodeFacts node(Node node, ConfiguredResource configured, ResourceState state) {
        return answered(node)
                .with(DrbdProbes.VERSION, Optional.of(VERSION))
                .with(
                        DrbdProbes.STATE,
                        Optional.of(state == null ? DrbdState.NONE : new DrbdState(Map.of("r0", state))))
                .with(DrbdProbes.configured("r0"), configured)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), FileFact.ABSENT);
    }

    /** What the probe of a resource prints of its configuration. */
    public static String dumpOf(Resource resource) {
        return ResourceText.render(resource, DrbdGeneration.V84)
                .lines()
                .map(line -> "dump " + line + "\n")
                .collect(Collectors.joining());
    }
}
