package io.jenkins.plugins.drbdocfs2.operation.storage;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.FSTAB;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.MNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.OCFS2_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ROOT_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.formatted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterUnmountTest {
    @TempDir
    private Path dir;

    private static final ClusterUnmount UNMOUNT = new ClusterUnmount(DRBD0, MNT, true);

    private static NodeFacts withFstab(NodeFacts node, String line) {
        return node.with(SystemProbes.file(Fstab.PATH), new FileFact(true, FSTAB + line, "644"));
    }

    private static NodeFacts withMounts(NodeFacts node, String mounts) {
        return node.with(StorageProbes.MOUNTS, MountInfo.parse(ROOT_MOUNT + mounts));
    }

    @Test
    void unmountsAndRemovesTheFstabLineWithoutForce() throws StepFailure {
        Plan plan = UNMOUNT.plan(
                cluster(withFstab(mounted(SV1), DRBD0 + " " + MNT + " ocfs2 _netdev 0 0\n"), mounted(SV2)));

        assertThat(planned(plan, SV1))
                .containsExactly("umount /mnt/shared", "change /etc/fstab", "systemctl daemon-reload");
        assertThat(planned(plan, SV2)).containsExactly("umount /mnt/shared");
        assertThat(((PutFile) plan.stages().get(1).changes().get(0)).after()).isEqualTo(FSTAB);
    }

    @Test
    void usesThePlainUmountCommand() throws StepFailure {
        Command command =
                (Command) UNMOUNT.plan(cluster(mounted(SV1))).changes().get(0);

        assertThat(command.toRun())
                .startsWith("set -- /mnt/shared\n")
                .endsWith("umount /mnt/shared")
                .doesNotContain("umount -");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec 9< held 8< held; cd /; read -r x; echo; read -r x | its fd/",
                "read -r x; echo; read -r x | its cwd: ",
                "cp $(command -v cat) program; cd /; exec \"$OLDPWD/program\" | its exe: "
            })
    void reportsAProcessThatUsesItOnceAndHow(String script, String how) throws Exception {
        Path place = Files.createDirectory(dir.toRealPath().resolve("a [b]* c"));
        Files.writeString(place.resolve("held"), "");
        Process holder =
                new ProcessBuilder("sh", "-c", script).directory(place.toFile()).start();
        try {
            holder.outputWriter().append('\n').flush();
            assertThat(holder.inputReader().readLine()).isEmpty();
            Command unmount = ClusterUnmount.unmount("sv1", place.toString(), place.toString());

            ScriptResult result = new LocalShell("sv1").run(Script.of(unmount.toRun()));

            assertThat(result.exitCode()).isEqualTo(32);
            assertThat(result.stderr().lines().filter(line -> line.startsWith("in use by")))
                    .singleElement()
                    .asString()
                    .startsWith("in use by process " + holder.pid() + " (")
                    .contains("), " + how)
                    .contains(place.toString());
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void doesNothingWithoutMountAndFstabLine() throws StepFailure {
        assertThat(UNMOUNT.plan(cluster(formatted(SV1), formatted(SV2))).isEmpty())
                .isTrue();
    }

    @Test
    void doesNotChangeFstabIfNotRequested() throws StepFailure {
        NodeFacts sv1 = withFstab(mounted(SV1), DRBD0 + " " + MNT + " ocfs2 _netdev 0 0\n");

        assertThat(planned(new ClusterUnmount(DRBD0, MNT, false).plan(cluster(sv1)), SV1))
                .containsExactly("umount /mnt/shared");
    }

    @Test
    void removesALineByUuidAndKeepsThatOfAnotherDevice() throws StepFailure {
        NodeFacts sv1 = withFstab(formatted(SV1), "UUID=" + Ocfs2Nodes.UUID + " " + MNT + " ocfs2 _netdev 0 0\n");
        NodeFacts sv2 = withFstab(formatted(SV2), "/dev/sdb " + MNT + " ext4 defaults 0 2\n");

        Plan plan = UNMOUNT.plan(cluster(sv1, sv2));

        assertThat(planned(plan, SV1)).contains("change /etc/fstab");
        assertThat(planned(plan, SV2)).isEmpty();
        assertThat(plan.notes())
                .containsExactly("sv2: /etc/fstab mounts /dev/sdb at /mnt/shared, not /dev/drbd0; that line stays.");
    }

    @Test
    void refusesAnotherDeviceAtTheMountPoint() {
        NodeFacts sv1 = withMounts(mounted(SV1), "60 21 98:16 / " + MNT + " rw - ext4 /dev/sdb rw\n");

        assertThat(refusal(UNMOUNT, sv1)).contains("sv1: /dev/sdb is mounted at /mnt/shared, not /dev/drbd0");
    }

    @Test
    void refusesMountsBelowTheMountPoint() {
        NodeFacts sv1 = withMounts(mounted(SV1), OCFS2_MOUNT + "61 60 98:16 / " + MNT + "/sub rw - ext4 /dev/sdb rw\n");

        assertThat(refusal(UNMOUNT, sv1)).contains("mounted below it: /mnt/shared/sub");
    }

    @Test
    void refusesInvalidParameters() {
        assertThatThrownBy(() -> new ClusterUnmount(DRBD0, "mnt", true).check(BOTH))
                .hasMessageContaining("mountPoint must");
        assertThatThrownBy(() -> new ClusterUnmount("$(x)", MNT, true).check(BOTH))
                .hasMessageContaining("device must");
    }

    @Test
    void failsIfItIsStillMountedAfterwards() {
        assertThatThrownBy(() -> UNMOUNT.confirm(cluster(mounted(SV1)))).hasMessageContaining("still mounted");
    }

    @Test
    void dryRunAssumesTheUnmount() {
        assertThat(assumed(UNMOUNT, mounted(SV1)).get(StorageProbes.MOUNTS).at(MNT))
                .isEmpty();
    }

    @Test
    void dryRunAssumesFstabWithoutTheLine() {
        NodeFacts mounted = withFstab(mounted(SV1), DRBD0 + " " + MNT + " ocfs2 _netdev 0 0\n");
        NodeFacts other = withFstab(formatted(SV1), "/dev/sdb " + MNT + " ext4 defaults 0 2\n");

        assertThat(fstab(assumed(UNMOUNT, mounted))).isEqualTo(FSTAB);
        assertThat(fstab(assumed(new ClusterUnmount(DRBD0, MNT, false), mounted)))
                .isEqualTo(fstab(mounted));
        assertThat(fstab(assumed(UNMOUNT, other))).isEqualTo(fstab(other));
    }

    private static String fstab(NodeFacts node) {
        return node.get(SystemProbes.file(Fstab.PATH)).text();
    }
}
