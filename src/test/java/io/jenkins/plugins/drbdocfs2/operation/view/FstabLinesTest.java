package io.jenkins.plugins.drbdocfs2.operation.view;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.FSTAB;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.MNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.UUID;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.read;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterUnmount;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recognises fstab lines in all notations that people use. */
class FstabLinesTest {
    private static final String OPTIONS = " ocfs2 _netdev,x-systemd.device-timeout=10min,x-systemd.mount-timeout=10min,"
            + "x-systemd.requires=drbd.service,x-systemd.requires=o2cb.service";
    private static final ClusterMount MOUNT = new ClusterMount(DRBD0, MNT, "ocfs2", null, true);
    private static final ClusterUnmount UNMOUNT = new ClusterUnmount(DRBD0, MNT, true);

    private static NodeFacts fstab(NodeFacts node, String lines) {
        return node.with(SystemProbes.file(Fstab.PATH), new FileFact(true, FSTAB + lines, "644"))
                .with(
                        FstabDevices.PROBE,
                        read(
                                FstabDevices.PROBE,
                                "/dev/ubda\n/dev/drbd/by-res/r0/0\n/dev/disk/by-uuid/" + UUID + "\n=\n/dev/ubda\n"
                                        + DRBD0 + "\n/dev/dm-0\n"));
    }

    private static String written(Plan plan) {
        return plan.changes().stream()
                .filter(PutFile.class::isInstance)
                .map(change -> ((PutFile) change).after())
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dev/drbd0\t/mnt/shared/", "/dev/drbd/by-res/r0/0 /mnt//shared", "  /dev/drbd0 /mnt/./shared"})
    void keepsAnEquivalentLine(String begin) throws StepFailure {
        assertThat(MOUNT.plan(cluster(fstab(mounted(SV1), begin + OPTIONS + "\n")))
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UUID=" + UUID, "UUID=\"07AAA866-47ec-4c5f-8ccb-8890f9e2e864\"", "LABEL=data"})
    void replacesAUuidByThePathOnDrbd(String device) throws StepFailure {
        Plan plan = MOUNT.plan(cluster(fstab(mounted(SV1), device + " " + MNT + OPTIONS + " 0 0\n")));

        assertThat(written(plan)).isEqualTo(FSTAB + DRBD0 + " " + MNT + OPTIONS + " 0 0\n");
        assertThat(plan.notes())
                .anyMatch(note -> note.contains("sv1: line 3 of /etc/fstab names /dev/drbd0 as " + device
                        + ", which can lead to the disk below DRBD as well"));
    }

    @Test
    void keepsALineByUuidElsewhere() throws StepFailure {
        String options = " ocfs2 _netdev,x-systemd.mount-timeout=10min,x-systemd.requires=o2cb.service";
        NodeFacts san = fstab(mounted(SV1), "UUID=" + UUID + " " + MNT + options + "\n")
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(DrbdProbes.STATE, Optional.of(DrbdState.NONE));

        assertThat(MOUNT.plan(cluster(san)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" # shared\n", "\r\n"})
    void rewritesALineThatMountOrSystemdReadsDifferently(String end) throws StepFailure {
        Plan plan = MOUNT.plan(cluster(fstab(mounted(SV1), DRBD0 + " " + MNT + OPTIONS + end)));

        assertThat(written(plan).strip()).isEqualTo(FSTAB + DRBD0 + " " + MNT + OPTIONS + " 0 0");
    }

    @Test
    void keepsASecondLineOfAnotherDevice() throws StepFailure {
        String two = DRBD0 + " " + MNT + OPTIONS + " 0 0\n/dev/sdb /mnt/shared/ ext4 noauto 0 0\n";

        assertThat(refusal(MOUNT, fstab(mounted(SV1), two)))
                .contains("sv1: /etc/fstab mounts /dev/sdb at /mnt/shared, in line 4");
        Plan plan = UNMOUNT.plan(cluster(fstab(mounted(SV1), two)));
        assertThat(written(plan)).isEqualTo(FSTAB + "/dev/sdb /mnt/shared/ ext4 noauto 0 0\n");
        assertThat(plan.notes()).anyMatch(note -> note.contains("mounts /dev/sdb at /mnt/shared, not /dev/drbd0"));
    }

    @Test
    void recognisesASymbolicLinkToTheMountPoint() throws StepFailure {
        NodeFacts linked = fstab(mounted(SV1), DRBD0 + " /data/shared" + OPTIONS + " 0 0\n")
                .with(MountDirectory.probe(MNT), new MountDirectory(MountDirectory.Kind.DIRECTORY, "/data/shared", 0));

        assertThat(planned(UNMOUNT.plan(cluster(linked)), SV1)).contains("change /etc/fstab");
    }
}
