package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Operation and teardown of the dual-primary example. Each test continues where the previous one ended. */
@TestMethodOrder(OrderAnnotation.class)
class DualPrimaryLifeLabIT {
    private static final String BUILD = splitting(Lab.smallExample("dual-primary-ocfs2"));
    private static final String OPTIONS = splitting(Lab.read("examples/rolling-options/Jenkinsfile"));
    private static final String GROW = Lab.read("examples/grow/Jenkinsfile").replace("size: '2G'", "size: '128M'");
    private static final String SPLIT = Lab.read("examples/split-brain/Jenkinsfile");
    private static final String TEARDOWN = Lab.read("examples/teardown/Jenkinsfile");

    private static final String MOUNT = "grep ' /mnt/drbd0 ' /proc/self/mountinfo";
    // in the kernel messages of 8.4 and of 9
    private static final String CONNECTIONS =
            "dmesg | grep -c -- '-> WFReportParams )\\|conn( Connecting -> Connected )'";
    private static final String OWN_ROLE = "drbdadm role r0 | cut -d/ -f1";
    // by hand, with the line in fstab
    private static final String REMOUNT = "mount /mnt/drbd0\n";
    private static final String AWAIT_LOSS =
            "timeout 60 grep -q -m 1 'connection:Connecting' < <(drbdsetup events2 r0)";

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.start(lab, BUILD).succeeds();
    }

    // Otherwise a cut link suspends the I/O of both nodes
    private static String splitting(String jenkinsfile) {
        return jenkinsfile.replace("dualPrimary: true,", "dualPrimary: true, onPeerLoss: 'continue',");
    }

    private static String onBoth(String script) {
        return lab.ssh(1, script) + lab.ssh(2, script);
    }

    @Test
    @Order(1)
    void changesOptionsWhileMountedAndKeepsAnOpenFileReadable() {
        lab.ssh(1, "echo held > /mnt/drbd0/held; sync");
        for (int node = 1; node <= 2; node++) {
            lab.ssh(
                    node,
                    "exec 9< /mnt/drbd0/held; setsid sleep infinity > /dev/null 2>&1 < /dev/null & echo $! > /run/holder");
        }
        String mounts = onBoth(MOUNT);
        String connections = onBoth(CONNECTIONS);
        assertThat(onBoth("drbdsetup show r0")).doesNotContain("sha1");

        LabBuild build = LabBuild.start(lab, OPTIONS).succeeds();

        assertThat(build.last("drbdVerify").getLong("outOfSyncKib")).isZero();
        assertThat(onBoth("drbdsetup show r0 | grep -o 'verify-alg .*;\\|ping-int .*;\\|al-extents .*;' | sort"))
                .containsPattern("(al-extents\\s+3389;\nping-int\\s+5;\nverify-alg\\s+\"sha1\";\n){2}");
        assertThat(onBoth(MOUNT)).isEqualTo(mounts);
        assertThat(onBoth(CONNECTIONS)).as("the number of connections").isEqualTo(connections);
        assertThat(onBoth("cat /proc/$(cat /run/holder)/fd/9")).isEqualTo("held\nheld\n");
        LabBuild.start(lab, OPTIONS).succeeds().changesNothing();
    }

    @Test
    @Order(2)
    void teardownNamesTheProcessWithAnOpenFileAndChangesNothing() {
        LabBuild build = LabBuild.start(lab, TEARDOWN).fails();
        assertThat(build.log()).contains("in use by process", "sleep", "/mnt/drbd0/held");
        onBoth("kill $(cat /run/holder)");
        assertThat(onBoth(MOUNT + " | wc -l; " + OWN_ROLE)).isEqualTo("1\nPrimary\n1\nPrimary\n");
    }

    @Test
    @Order(3)
    void growsTheFilesystemWhileMounted() {
        String mounts = onBoth(MOUNT);
        JsonObject volume = LabBuild.start(lab, GROW)
                .succeeds()
                .last("drbdResize")
                .getObject("volumes")
                .getObject("0");
        assertThat(volume.getLong("oldBytes")).isEqualTo(96L << 20);
        assertThat(volume.getLong("newBytes")).isEqualTo(128L << 20);
        assertThat(onBoth("echo $(($(stat -f -c '%b * %S' /mnt/drbd0) >> 20))")).isEqualTo("128\n128\n");
        assertThat(onBoth(MOUNT)).isEqualTo(mounts);
        LabBuild.start(lab, GROW).succeeds().changesNothing();
    }

    @Test
    @Order(4)
    void reportsASplitBrainAndRequiresAVictim() {
        onBoth("umount /mnt/drbd0");
        lab.lab("cut", "2");
        onBoth(AWAIT_LOSS);
        lab.ssh(1, REMOUNT + "echo one > /mnt/drbd0/of-sv1; sync");
        lab.ssh(2, REMOUNT + "echo two > /mnt/drbd0/of-sv2; sync");
        lab.lab("heal", "2");

        LabBuild build = LabBuild.start(lab, SPLIT).fails();

        assertThat(build.log())
                .contains("sv1: Primary, disk UpToDate, ", "sv2: Primary, disk UpToDate, ", "of-sv1", "of-sv2")
                .contains("ERROR: Both sides are shown above.");
        build.changesNothing();
    }

    @Test
    @Order(5)
    void victimTakesOverTheDataWhileTheSurvivorKeepsWorking() {
        String mount = lab.ssh(1, MOUNT);
        LabBuild build = LabBuild.start(lab, SPLIT, "--param", "VICTIM=sv2").succeeds();
        for (String node : new String[] {"sv1", "sv2"}) {
            JsonObject status = build.last("drbdStatus", node);
            assertThat(status.getString("role")).isEqualTo("Primary");
            assertThat(status.getString("disk")).isEqualTo("UpToDate");
            assertThat(status.getString("connection")).isEqualTo("Connected");
        }
        assertThat(lab.ssh(1, MOUNT)).isEqualTo(mount);
        assertThat(onBoth("ls /mnt/drbd0")).isEqualTo("held\nlost+found\nof-sv1\n".repeat(2));
        assertThat(LabBuild.start(lab, SPLIT, "--param", "VICTIM=sv2")
                        .succeeds()
                        .changesNothing()
                        .log())
                .contains("There is no split brain.");
    }

    @Test
    @Order(6)
    void dryRunOfTheTeardownAssumesEachStep() {
        String before = onBoth("drbdadm dump; cat /etc/fstab; drbdadm role r0; " + MOUNT);
        LabBuild build = LabBuild.start(lab, TEARDOWN, "--dry-run").succeeds();
        assertThat(build.log())
                .contains("sv2: umount /mnt/drbd0", "sv2: drbdadm secondary r0", "sv2: remove /etc/drbd.d/r0.res")
                .doesNotContain("still mounts");
        assertThat(onBoth("drbdadm dump; cat /etc/fstab; drbdadm role r0; " + MOUNT))
                .isEqualTo(before);
    }

    @Test
    @Order(7)
    void teardownRemovesDrbdAndKeepsTheFiles() {
        LabBuild.start(lab, TEARDOWN).succeeds();
        assertThat(onBoth("drbdsetup show | grep -c '^resource'; ls /etc/drbd.d; grep drbd /etc/fstab; true"))
                .isEqualTo("0\nglobal_common.conf\n".repeat(2));
        assertThat(onBoth("blkid -p -o value -s TYPE /dev/sys/drbd0; cmp -n 65536 /dev/sys/drbd0_meta /dev/zero"))
                .isEqualTo("ocfs2\nocfs2\n");
        LabBuild.start(lab, TEARDOWN).succeeds().changesNothing();
    }

    @Test
    @Order(8)
    void buildsTheClusterAgainAfterTheFilesAreRemoved() {
        assertThat(LabBuild.start(lab, BUILD).fails().log()).contains("/dev/sys/drbd0 is not empty: it holds ocfs2");
        LabBuild.start(lab, TEARDOWN, "--param", "REMOVE_FILES=true").succeeds();
        assertThat(onBoth("lvs --noheadings")).isEmpty();
        LabBuild build = LabBuild.start(lab, BUILD).succeeds();
        assertThat(build.last("drbdStatus", "sv2").getString("disk")).isEqualTo("UpToDate");
    }

    @Test
    @Order(9)
    void mountsAgainAfterABootEvenIfTheDisksAppearLate() {
        // LVM does not activate the volumes of sv2 at boot; a service activates them while DRBD starts
        lab.ssh(
                2,
                """
                echo 'activation { auto_activation_volume_list = [] }' > /etc/lvm/lvmlocal.conf
                cat > /etc/systemd/system/late-disks.service << 'E'
                [Service]
                Type=oneshot
                ExecStart=/bin/sh -c 'until [ "$$(systemctl show -P SubState drbd)" = start-pre ]; do sleep 0.1; done; exec vgchange -ay sys'
                [Install]
                WantedBy=multi-user.target
                E
                systemctl -q enable late-disks
                """);
        String mounts = onBoth("findmnt -n -o SOURCE,FSTYPE /mnt/drbd0; drbdadm dstate r0; drbdadm role r0");

        lab.lab("save", "built");
        lab.lab("restore", "built");

        assertThat(lab.ssh(2, "systemctl is-active drbd; systemctl show -P Result late-disks"))
                .isEqualTo("active\nsuccess\n");
        assertThat(onBoth("findmnt -n -o SOURCE,FSTYPE /mnt/drbd0; drbdadm dstate r0; drbdadm role r0"))
                .isEqualTo(mounts);
        LabBuild.start(lab, BUILD).succeeds().changesNothing();
    }

    @Test
    @Order(10)
    void refusesToPromoteADisconnectedNodeThatMissedWrites() {
        onBoth("umount /mnt/drbd0");
        lab.ssh(2, "drbdadm secondary r0");
        lab.lab("cut", "2");
        onBoth(AWAIT_LOSS);
        lab.ssh(1, "dd if=/dev/drbd0 of=/dev/drbd0 bs=4k count=1 conv=notrunc,fsync; drbdadm secondary r0");

        assertThat(LabBuild.run(lab, "drbdPromote(resource: 'r0', node: 'sv2')")
                        .fails()
                        .log())
                .contains("sv2: its data of 'r0' are older than those of sv1, and it is not connected");
        LabBuild.run(lab, "drbdPromote(resource: 'r0', node: 'sv1')").succeeds();
        lab.lab("heal", "2");
        LabBuild.run(lab, "drbdWaitSync('r0')\ndrbdPromote(resource: 'r0', node: 'sv2')")
                .succeeds();
    }

    @Test
    @Order(11)
    void removesAResourceFromANodeWhosePeerIsDown() {
        lab.lab("kill", "2");
        String steps =
                "drbdDemote(resource: 'r0', node: 'sv1')\ndrbdRemoveResource(resource: 'r0', wipeMetadata: true)";
        LabBuild.run(lab, 1, steps).succeeds();
        assertThat(lab.ssh(1, "drbdsetup show | grep -c '^resource'; ls /etc/drbd.d; drbdadm sh-resources"))
                .isEqualTo("0\nglobal_common.conf\n");
        assertThat(lab.ssh(1, "cmp -n 65536 /dev/sys/drbd0_meta /dev/zero")).isEmpty();
        LabBuild.run(lab, 1, "drbdRemoveResource(resource: 'r0', wipeMetadata: true)")
                .succeeds()
                .changesNothing();
    }
}
