package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.SPEC;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.TEXT;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.candidate;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.done;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.MetadataSuperblock;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The planned resource file, compared with what drbdadm reads and with the previous content. */
class ResourceFilePlanTest {
    private static final String PATH = "/etc/drbd.d/r0.res";
    private static final DrbdCreateResource CREATE =
            new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);

    private static DrbdCreateResource on(String disk) {
        return create(disk, 7789, "C", true, null, null);
    }

    private static DrbdCreateResource create(
            String disk, int port, String protocol, boolean dualPrimary, String options, String config) {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                config == null ? List.of(new VolumeSpec(0, "/dev/drbd0", disk, "/dev/sys/drbd0_meta")) : List.of(),
                List.of(),
                config,
                port,
                protocol,
                dualPrimary,
                options);
        return new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
    }

    private static ConfiguredResource read(Resource resource, String file) {
        return new ConfiguredResource(resource, List.of(), "", true, List.of(), Map.of(), file, "");
    }

    @Test
    void refusesAResourceThatAnotherFileDefinesWithBothValues() {
        Resource other = on("/dev/sdd").spec().on(BOTH);
        assertThat(refusal(CREATE, fresh(SV1).with(candidate(), read(other, "/etc/drbd.conf")), fresh(SV2)))
                .contains("sv1: drbdadm would not read 'r0' from " + PATH + " as requested, but from /etc/drbd.conf")
                .contains("disk of volume 0 on sv1: requested /dev/sys/drbd0, drbdadm reads /dev/sdd")
                .contains("Take 'r0' out of /etc/drbd.conf");
        Resource same = SPEC.on(BOTH);
        assertThat(refusal(CREATE, fresh(SV1).with(candidate(), read(same, "/etc/drbd.d/other.res")), fresh(SV2)))
                .contains("but from /etc/drbd.d/other.res. ");
    }

    @Test
    void refusesAWrittenFileThatDrbdadmDoesNotRead() {
        NodeFacts dead = done(SV1)
                .with(DrbdProbes.configured("r0"), read(on("/dev/sdd").spec().on(BOTH), "/etc/drbd.conf"));
        assertThat(refusal(CREATE, dead, done(SV2))).contains("but from /etc/drbd.conf: disk of volume 0 on sv1");
    }

    /** A node whose file has other options than requested. */
    private static NodeFacts withOtherOptions(Node node) {
        Resource other = create("/dev/sys/drbd0", 7789, "C", true, "net { verify-alg sha1; }", null)
                .spec()
                .on(BOTH);
        return done(node).with(DrbdProbes.configured("r0"), read(other, PATH).withMetadata(Map.of(0, List.of(SYNCED))));
    }

    @Test
    void keepsAnotherResourceInTheFile() throws Exception {
        String r1 = "resource r1 { # mine\n  on sv1 { }\n}\n";
        NodeFacts shared = withOtherOptions(SV1)
                .with(SystemProbes.file(PATH), new FileFact(true, r1 + "resource r0 { }\n" + "# end\n", "644"));
        Plan plan = CREATE.plan(cluster(shared, done(SV2)));
        PutFile file = (PutFile) plan.changes().get(0);
        assertThat(file.after()).isEqualTo(r1 + TEXT + "# end\n");
        NodeFacts again = done(SV1).with(SystemProbes.file(PATH), new FileFact(true, r1 + TEXT + "# end\n", "644"));
        assertThat(CREATE.plan(cluster(again, done(SV2))).isEmpty()).isTrue();
    }

    @Test
    void doesNotReplaceAnUnreadableFile() {
        NodeFacts odd = withOtherOptions(SV1).with(SystemProbes.file(PATH), new FileFact(true, "resource r1 {", "644"));
        assertThat(refusal(CREATE, odd, done(SV2)))
                .contains("sv1: " + PATH + " is not understood: line 1")
                .contains("What it holds besides 'r0' would be lost");
    }

    @Test
    void createsMetadataOnlyWhereItWasProbed() throws Exception {
        Command made =
                (Command) CREATE.plan(cluster(fresh(SV1), fresh(SV2))).changes().get(0);
        assertThat(made.toRun())
                .contains(
                        "set -- '/dev/sys/drbd0_meta flex-external' drbd -d create-md r0/0",
                        "*\" $goal create-md \"*)");
    }

    @Test
    void refusesToForbidTwoPrimariesWhileBothArePrimary() throws Exception {
        DrbdCreateResource single = create("/dev/sys/drbd0", 7789, "C", false, null, null);
        ResourceState two = state("Primary", "UpToDate", "Connected", "Primary", "UpToDate");
        NodeFacts[] nodes = BOTH.stream()
                .map(node -> done(node)
                        .with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("r0", two))))
                        .with(candidate(), configured(false, SYNCED)))
                .toArray(NodeFacts[]::new);
        NodeFacts[] allowed = BOTH.stream()
                .map(node -> done(node).with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("r0", two)))))
                .toArray(NodeFacts[]::new);
        assertThat(CREATE.plan(cluster(allowed)).isEmpty()).isTrue();
        assertThat(refusal(single, nodes))
                .contains("sv1: two nodes are Primary, and 'r0' is no longer to allow that")
                .contains("(164)");
    }

    @Test
    void doesNotChangeAnOptionDuringAVerify() {
        DrbdCreateResource other = create("/dev/sys/drbd0", 7789, "C", true, "net { verify-alg md5; }", null);
        ResourceState up = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        ResourceState verifying = new ResourceState(
                "r0",
                up.role(),
                false,
                up.volumes(),
                Map.of(
                        "peer",
                        new ConnectionStatus(
                                "peer",
                                null,
                                ConnectionState.parse("Connected"),
                                Role.parse("Secondary"),
                                Map.of(
                                        0,
                                        new PeerDeviceState(
                                                0,
                                                ReplicationState.parse("VerifyS"),
                                                DiskState.parse("UpToDate"),
                                                false,
                                                0L)))));
        NodeFacts busy = done(SV1)
                .with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("r0", verifying))))
                .with(candidate(), read(other.spec().on(BOTH), PATH));
        assertThat(refusal(
                        other,
                        busy,
                        done(SV2).with(candidate(), read(other.spec().on(BOTH), PATH))))
                .contains("sv1: 'r0' is VerifyS, while verify-alg is to change");
    }

    @Test
    void restoresAChangedFileThatCannotBeApplied() throws Exception {
        NodeFacts edited = done(SV2)
                .with(SystemProbes.file(PATH), new FileFact(true, TEXT + "# mine\n", "640"))
                .with(
                        candidate(),
                        new ConfiguredResource(
                                SPEC.on(BOTH), "", true, List.of("drbdsetup net-options"), Map.of(0, List.of(SYNCED))));
        Plan plan = CREATE.plan(cluster(done(SV1), edited));
        Plan.Stage adjust = plan.stages().stream()
                .filter(stage -> stage.title().equals("bring 'r0' up"))
                .findFirst()
                .orElseThrow();
        assertThat(adjust.undo())
                .containsExactly(
                        new PutFile("sv2", PATH, TEXT, TEXT + "# mine\n", "640"),
                        Command.of("sv2", "drbdadm", "adjust", "r0"));
    }

    @Test
    void removesANewFileThatCouldNotBeAppliedAndTakesTheResourceDown() throws Exception {
        List<Plan.Stage> stages = CREATE.plan(cluster(fresh(SV1), fresh(SV2))).stages();
        PutFile removal = new PutFile("sv2", PATH, TEXT, null, "0600");
        assertThat(stages.get(1).undo()).contains(removal).allMatch(PutFile.class::isInstance);
        assertThat(stages.get(2).undo()).containsSubsequence(Command.of("sv2", "drbdadm", "down", "r0"), removal);
        assertThat(stages.get(3).undo()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7790, C, false, , port",
        "7789, A, false, , protocol",
        "7789, C, true, , dualPrimary",
        "7789, C, false, 'net { verify-alg sha1; }', options",
    })
    void refusesParametersThatConfigOverrides(
            int port, String protocol, boolean dualPrimary, String options, String named) {
        DrbdCreateResource both = create(null, port, protocol, dualPrimary, options, TEXT);
        assertThatThrownBy(() -> both.check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("config and " + named);
        create(null, 7789, "C", false, null, TEXT).check(BOTH);
    }

    @Test
    void refusesAnAddressOfAnotherNodeAndNamesTheNode() {
        ConfiguredResource failed = new ConfiguredResource(
                null,
                "`drbdadm dump` fails: /etc/drbd.d/r0.res:3: in resource r0, on sv1: IP 10.77.0.1 not found on this host"
                        + " (exit code 10)",
                false,
                List.of(),
                Map.of());
        NodeFacts sv1 = fresh(SV1).with(candidate(), failed).with(NetworkProbes.ADDRESSES, Set.of("192.168.0.1"));
        NodeFacts sv2 = fresh(SV2).with(NetworkProbes.ADDRESSES, Set.of("10.77.0.1", "10.77.0.2"));
        assertThat(CREATE.probes(SV2, BOTH, cluster(fresh(SV1).with(candidate(), failed), fresh(SV2)))
                        .probes())
                .singleElement()
                .isEqualTo(NetworkProbes.ADDRESSES);
        assertThat(refusal(CREATE, sv1, sv2))
                .contains("sv1: 10.77.0.1, which 'r0' has for sv1, is not an address of this node, but of sv2; it has"
                        + " 192.168.0.1")
                .doesNotContain("does not include");
    }

    @Test
    void keepsExistingNodeIdsInAnyOrder() {
        Resource swapped = new Resource(
                "r0",
                List.of(new Resource.Host("sv1", "10.77.0.1", 7789, 4), new Resource.Host("sv2", "10.77.0.2", 7789, 0)),
                SPEC.on(BOTH).volumes(),
                "C",
                true,
                List.of());
        DrbdVersion nine = new DrbdVersion("9.22.0", "9.2.18", 2);
        NodeFacts file = fresh(SV1)
                .with(DrbdProbes.VERSION, Optional.of(nine))
                .with(DrbdProbes.configured("r0"), read(swapped, PATH));
        NodeFacts none = fresh(SV2).with(DrbdProbes.VERSION, Optional.of(nine));
        assertThat(CREATE.nodeIds(cluster(none, file)).resource().hosts())
                .extracting(Resource.Host::node, Resource.Host::nodeId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sv2", 0), org.assertj.core.groups.Tuple.tuple("sv1", 4));
        NodeFacts kernel =
                none.with(RunningOptions.probe("r0"), new RunningOptions("", false, Set.of(), Map.of("", 7, "sv1", 5)));
        assertThat(CREATE.nodeIds(cluster(fresh(SV1).with(DrbdProbes.VERSION, Optional.of(nine)), kernel))
                        .resource()
                        .hosts())
                .extracting(Resource.Host::nodeId)
                .containsExactly(5, 7);
        assertThat(CREATE.nodeIds(cluster(file, kernel)).conflicts()).isNotEmpty();
        assertThat(refusal(CREATE, file, kernel)).contains("the node-ids of 'r0' do not fit");
        assertThat(plannedNodeIds(fresh(SV1), fresh(SV2))).containsExactly(0, 1);
    }

    private static final DrbdVersion NINE = new DrbdVersion("9.22.0", "9.2.18", 2);

    private static NodeFacts nine(Node node, Integer id) {
        return nine(node, new MetadataSuperblock(Optional.ofNullable(id), 1, Set.of()));
    }

    private static NodeFacts nine(Node node, MetadataSuperblock superblock) {
        Resource.Disk disk = SPEC.on(BOTH).volumes().get(0).disks().get(node.name());
        return fresh(node)
                .with(DrbdProbes.VERSION, Optional.of(NINE))
                .with(MetadataSuperblock.probe(disk), Optional.of(superblock));
    }

    @Test
    void keepsNodeIdsOfMetadataWithoutAFile() {
        NodeFacts asked = fresh(SV1).with(DrbdProbes.VERSION, Optional.of(NINE));
        assertThat(CREATE.probes(SV1, BOTH, cluster(asked, nine(SV2, 0))).probes())
                .containsExactly(MetadataSuperblock.probe(
                        SPEC.on(BOTH).volumes().get(0).disks().get("sv1")));
        assertThat(plannedNodeIds(nine(SV1, 1), nine(SV2, 0))).containsExactly(1, 0);
        assertThat(plannedNodeIds(nine(SV1, (Integer) null), nine(SV2, 0))).containsExactly(1, 0);
        assertThat(plannedNodeIds(nine(SV1, 3), nine(SV2, 3)))
                .as("metadata of other resources")
                .containsExactly(0, 1);
        assertThat(plannedNodeIds(nine(SV1, (Integer) null), nine(SV2, (Integer) null)))
                .containsExactly(0, 1);
    }

    @Test
    void recreatesUnusedMetadataWithAnotherNodeIdAndRefusesUsedOnes() throws Exception {
        String text = ResourceText.render(SPEC.on(BOTH), DrbdGeneration.V9);
        ResourceSpec spec = new ResourceSpec("r0", List.of(), List.of(), text, 7789, "C", false, null);
        DrbdCreateResource create = new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        Probe<ConfiguredResource> candidate = DrbdProbes.candidate("r0", PATH, text);
        NodeFacts sv2 = nine(SV2, (Integer) null).with(candidate, configured(true, null));
        NodeFacts unused = nine(SV1, 1).with(candidate, configured(true, GenerationIds.JUST_CREATED));
        NodeFacts used = nine(SV1, 1).with(candidate, configured(true, SYNCED));

        assertThat(planned(create.plan(cluster(unused, sv2)), SV1)).startsWith("drbdadm create-md --force r0/0");
        assertThat(planned(
                        create.plan(cluster(
                                nine(SV1, 0).with(candidate, configured(true, GenerationIds.JUST_CREATED)), sv2)),
                        SV1))
                .startsWith("write " + PATH);
        assertThat(refusal(create, used.with(DrbdProbes.configured("r0"), configured(true, SYNCED)), sv2))
                .contains("sv1: the node-ids of 'r0' do not fit: it is to have 0, but the metadata of /dev/sys/drbd0"
                        + " (at /dev/sys/drbd0_meta) have 1");
        assertThat(refusal(new DrbdCreateResource(spec, Overwrite.NOTHING, true, PeerLossPolicy.CONTINUE), used, sv2))
                .contains("it is to have 0, but the metadata");
    }

    @Test
    void recreatesUnusedMetadataWithoutRoomForThePeerAndRefusesUsedOnes() throws Exception {
        MetadataSuperblock full = new MetadataSuperblock(Optional.of(0), 1, Set.of(3));
        String text = ResourceText.render(SPEC.on(BOTH), DrbdGeneration.V9);
        Probe<ConfiguredResource> candidate = DrbdProbes.candidate("r0", PATH, text);
        NodeFacts sv2 = nine(SV2, (Integer) null).with(candidate, configured(true, null));
        NodeFacts unused = nine(SV1, full).with(candidate, configured(true, GenerationIds.JUST_CREATED));
        NodeFacts running = done(SV1)
                .with(DrbdProbes.VERSION, Optional.of(NINE))
                .with(
                        MetadataSuperblock.probe(
                                SPEC.on(BOTH).volumes().get(0).disks().get("sv1")),
                        Optional.of(full))
                .with(candidate, configured(true, SYNCED));

        assertThat(planned(CREATE.plan(cluster(unused, sv2)), SV1)).startsWith("drbdadm create-md --force r0/0");
        assertThat(refusal(CREATE, running, sv2))
                .contains("sv1: the metadata of /dev/sys/drbd0 (at /dev/sys/drbd0_meta) have max-peers 1, taken by"
                        + " the node-ids [3], and 'r0' is to have [1]");
    }

    private static List<Integer> plannedNodeIds(NodeFacts... nodes) {
        return CREATE.nodeIds(cluster(nodes)).resource().hosts().stream()
                .map(Resource.Host::nodeId)
                .toList();
    }
}
