package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.IDLE;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.fstab;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.used;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataArea;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrbdRemoveResourceTest {
    private static final DrbdRemoveResource REMOVE = new DrbdRemoveResource("r0", false);
    private static final DrbdRemoveResource WIPE = new DrbdRemoveResource("r0", true);
    private static final String PATH = "/etc/drbd.d/r0.res";
    private static final String TEXT = "# a comment\nresource r0 { protocol C; net { verify-alg sha1; } }\n";

    private static NodeFacts node(Node node, ResourceState state) {
        return file(ResourceInUseNodes.free(node, state), TEXT)
                .with(MetadataArea.probe("r0"), areas("life84/areas-flex-external.txt"));
    }

    private static NodeFacts file(NodeFacts node, String text) {
        return node.with(SystemProbes.file(PATH), text == null ? FileFact.ABSENT : new FileFact(true, text, "600"));
    }

    private static NodeFacts removed(Node node, ResourceState state) {
        return file(node(node, state), null).with(DrbdProbes.configured("r0"), ConfiguredResource.NONE);
    }

    private static Map<Integer, MetadataArea> areas(String recorded) {
        return MetadataArea.probe("r0").parser().apply(new Reading(0, Recorded.text(recorded)));
    }

    @Test
    void takesTheResourceDownAndRemovesItsFileOnAllNodes() throws Exception {
        Plan plan = REMOVE.plan(cluster(node(SV1, IDLE), node(SV2, IDLE)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm down r0", "remove " + PATH);
        assertThat(planned(plan, SV2)).containsExactly("drbdadm down r0", "remove " + PATH);
    }

    @Test
    void doesNothingIfNothingIsLeft() throws Exception {
        assertThat(WIPE.plan(cluster(removed(SV1, null), removed(SV2, null))).isEmpty())
                .isTrue();
    }

    @Test
    void removesOnlyTheFileIfTheResourceIsDown() throws Exception {
        Plan plan = REMOVE.plan(cluster(node(SV1, null), removed(SV2, null)));
        assertThat(planned(plan, SV1)).containsExactly("remove " + PATH);
        assertThat(planned(plan, SV2)).isEmpty();
    }

    @Test
    void takesTheResourceDownWithDrbdsetupIfItHasNoFile() throws Exception {
        Plan plan = WIPE.plan(cluster(removed(SV1, IDLE), node(SV2, null)));
        assertThat(planned(plan, SV1)).containsExactly("drbdsetup down r0");
        assertThat(plan.notes()).anyMatch(note -> note.contains("sv1: its " + PATH + " is missing"));
    }

    @Test
    void removesOnlyTheFileOnANodeWithoutDrbd() throws Exception {
        NodeFacts without = removed(SV1, null).with(DrbdProbes.VERSION, Optional.empty());
        assertThat(planned(REMOVE.plan(cluster(file(without, TEXT))), SV1)).containsExactly("remove " + PATH);
    }

    @Test
    void refusesAPrimary() {
        assertThat(refusal(REMOVE, node(SV1, PRIMARY), node(SV2, SECONDARY)))
                .contains("sv1: 'r0' is Primary there")
                .contains("drbdDemote");
    }

    @Test
    void refusesAMountedOrOpenDevice() {
        assertThat(refusal(REMOVE, mounted(node(SV1, PRIMARY), "/srv/www"), node(SV2, SECONDARY)))
                .contains("sv1: 'r0' is in use: it is mounted at /srv/www")
                .contains("clusterUnmount");
        assertThat(refusal(REMOVE, used(node(SV1, PRIMARY), "holder 0 vg1-lv\n"), node(SV2, SECONDARY)))
                .contains("held open by vg1-lv");
    }

    @Test
    void refusesAFileWithOtherContent() {
        assertThat(refusal(REMOVE, file(node(SV1, null), TEXT + "resource other { protocol C; }\n")))
                .contains("sv1: " + PATH + " has more than 'r0': resource other");
        assertThat(refusal(REMOVE, file(node(SV1, null), "resource r0 { protocol")))
                .contains("sv1: " + PATH + " cannot be read");
    }

    @Test
    void refusesAResourceOfAnotherFile() {
        assertThat(refusal(REMOVE, file(node(SV1, null), null)))
                .contains("sv1: 'r0' is configured there, but not by " + PATH);
    }

    @Test
    void refusesIfTheStateIsUnknown() {
        assertThat(refusal(REMOVE, node(SV1, null).with(DrbdProbes.STATE, Optional.empty())))
                .contains("sv1: `drbdsetup events2 --now` gives no valid answer");
    }

    @Test
    void notesAnFstabLineOfTheDevice() throws Exception {
        Plan plan = REMOVE.plan(cluster(fstab(node(SV1, IDLE), "/dev/drbd0 /srv/www xfs noauto 0 0\n")));
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("sv1: /etc/fstab still mounts /dev/drbd0 at /srv/www")
                .contains("clusterUnmount");
    }

    @Test
    void wipesExternalMetadataExactlyAndTheSuperblockLast() throws Exception {
        Plan plan = WIPE.plan(cluster(node(SV1, IDLE)));
        assertThat(planned(plan, SV1))
                .containsExactly(
                        "drbdadm down r0",
                        "blkdiscard -z -o 4096 -l 36864 /dev/vg0/meta",
                        "drbdadm -- --force wipe-md r0/0",
                        "remove " + PATH);
        Change.Command wipe = (Change.Command) plan.changes().get(1);
        assertThat(wipe.toRun()).contains("8374026[bcd]").contains("exit 76");
    }

    @Test
    void wipesInternalMetadataOnlyAtTheEndOfTheDisk() throws Exception {
        NodeFacts internal = node(SV1, IDLE).with(MetadataArea.probe("r0"), areas("life84/areas-internal.txt"));
        assertThat(planned(WIPE.plan(cluster(internal)), SV1))
                .contains("blkdiscard -z -o 100622336 -l 36864 /dev/vg0/data");
    }

    @Test
    void wipesOnlyItsSlotOfASharedDevice() throws Exception {
        MetadataArea slot = new MetadataArea("/dev/vg0/meta", "1", 128L << 20, 128L << 20, (128L << 20) + 40960);
        NodeFacts indexed = node(SV1, null).with(MetadataArea.probe("r0"), Map.of(0, slot));
        assertThat(planned(WIPE.plan(cluster(indexed)), SV1))
                .containsExactly(
                        "dd if=/dev/zero of=/dev/vg0/meta bs=4096 seek=32769 count=9 conv=notrunc,fsync status=none",
                        "drbdadm -- --force wipe-md r0/0",
                        "remove " + PATH);
    }

    @Test
    void removesAResourceWhoseDiskIsGone() throws Exception {
        NodeFacts noDisk = file(
                        ResourceInUseNodes.unused(DrbdNodes.node(SV1, DrbdNodes.configured(false, null), null)), TEXT)
                .with(MetadataArea.probe("r0"), Map.of());
        Plan plan = WIPE.plan(cluster(noDisk));
        assertThat(planned(plan, SV1)).containsExactly("remove " + PATH);
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("there are no metadata of volume 0 of 'r0' to wipe");
    }

    @Test
    void refusesToWipeMetadataOfUnknownExtent() {
        NodeFacts odd = node(SV1, null).with(MetadataArea.probe("r0"), Map.of());
        assertThat(refusal(WIPE, odd))
                .contains("sv1: drbdadm finds metadata of volume 0 of 'r0'")
                .contains("Data could be wiped with them")
                .contains("Omit wipeMetadata");
    }

    @Test
    void refusesToWipeIfDrbdadmDoesNotAcceptTheFile() {
        NodeFacts odd = node(SV1, null).with(DrbdProbes.configured("r0"), ConfiguredResource.NONE);
        assertThat(refusal(WIPE, odd)).contains("sv1: drbdadm does not accept " + PATH);
    }

    @Test
    void notesThatDataMayBeOutdated() throws Exception {
        ResourceState alone = DrbdNodes.state("Secondary", "Consistent", "Connecting", "Unknown", "DUnknown");
        assertThat(WIPE.plan(cluster(node(SV1, alone))).notes())
                .singleElement()
                .asString()
                .contains(
                        "sv1: volume 0 of 'r0' is Consistent there, so the data on /dev/sys/drbd0 are outdated if the "
                                + "peer was written to since it was lost");
    }

    @Test
    void notesThatDataIsIncomplete() throws Exception {
        ResourceState broken = DrbdNodes.state("Secondary", "Inconsistent", "StandAlone", "Unknown", "DUnknown");
        assertThat(WIPE.plan(cluster(node(SV1, broken))).notes())
                .singleElement()
                .asString()
                .contains(
                        "sv1: volume 0 of 'r0' is Inconsistent there, so the data on /dev/sys/drbd0 are not complete");
    }

    @Test
    void refusesInvalidNames() {
        for (String name : new String[] {"all", "r0/0", "../x", "r 0", "$(reboot)", "", null}) {
            assertThatThrownBy(() -> new DrbdRemoveResource(name, false).check(BOTH))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }

    @Test
    void dryRunAssumesARemovedResourceAndWipedMetadata() {
        BlockDevice meta = BlockDevice.blank("/dev/sys/drbd0_meta", 1 << 20).holding(Map.of("TYPE", "drbd"));
        NodeFacts facts = assumed(WIPE, node(SV1, IDLE).with(BlockDevice.probe("/dev/sys/drbd0_meta"), meta));
        assertThat(DrbdFacts.state(facts, "r0")).isNull();
        assertThat(DrbdFacts.configured(facts, "r0").isConfigured()).isFalse();
        assertThat(facts.get(SystemProbes.file(PATH)).exists()).isFalse();
        assertThat(facts.get(BlockDevice.probe("/dev/sys/drbd0_meta")).isBlank())
                .isTrue();
    }

    @Test
    void failsIfTheResourceIsUpAgain() {
        assertThatThrownBy(() -> REMOVE.confirm(cluster(node(SV1, IDLE))))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1");
    }

    @Test
    void resultShowsWhatIsLeft() {
        assertThat(report(REMOVE, removed(SV1, null)))
                .containsEntry("configured", false)
                .containsEntry("up", false)
                .containsEntry("file", false);
    }
}
