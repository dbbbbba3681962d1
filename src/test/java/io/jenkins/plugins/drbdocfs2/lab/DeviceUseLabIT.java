package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Steps detect all users and any content of a device on real nodes before they change it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeviceUseLabIT {
    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.run(
                        lab,
                        "drbdInstall()\nlvmCreateVolume(group: 'sys', name: 'off', size: '1200M', devices: '/dev/sdb')")
                .succeeds();
    }

    /** Steps that must all be refused with this text. */
    private static String tryAll(String words, String... steps) {
        StringBuilder script = new StringBuilder();
        for (String step : steps) {
            script.append("message = null\ntry { " + step + " } catch (e) { message = e.message }\n")
                    .append("assert message != null && message.contains(\"" + words + "\")\n");
        }
        return script.toString();
    }

    private static void assertRefused(String words, String... steps) {
        LabBuild.run(lab, tryAll(words, steps)).succeeds().changesNothing();
    }

    private static String create(String disk) {
        return "drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '" + disk + "')";
    }

    @Test
    @Order(1)
    void refusesAFilesystemOnALoopDeviceWithAnOffset() {
        lab.ssh(
                1,
                "losetup -o 1048576 /dev/loop3 /dev/sys/off; mkfs.ext4 -q /dev/loop3; mkdir -p /mnt/loop;"
                        + " mount /dev/loop3 /mnt/loop; echo precious > /mnt/loop/file");
        assertRefused(
                "/dev/sys/off is in use: by loop3 from byte 1048576 (mounted at /mnt/loop)",
                create("/dev/sys/off"),
                "filesystemFormat(device: '/dev/sys/off', type: 'xfs', nodes: 'sv1')");
        lab.ssh(1, "umount /mnt/loop; losetup -d /dev/loop3");
        assertRefused("/dev/sys/off is not empty: it holds unknown data (at byte ", create("/dev/sys/off"));
    }

    @Test
    @Order(2)
    void refusesDataWithoutASignatureAnywhere() {
        lab.ssh(1, "head -c 36M /dev/urandom | dd of=/dev/sdc bs=1M seek=2 conv=notrunc 2>/dev/null");
        lab.ssh(2, "printf precious | dd of=/dev/sdd bs=1 seek=1048676 conv=notrunc 2>/dev/null");
        assertRefused("sv1: /dev/sdc is not empty: it holds unknown data (at byte 2097152)", create("/dev/sdc"));
        assertRefused("sv2: /dev/sdd is not empty: it holds unknown data (at byte 1048676)", create("/dev/sdd"));
        assertRefused(
                "holds unknown data (at byte 2097152)",
                "lvmCreateVolume(group: 'vg2', name: 'd', size: '1G', devices: '/dev/sdc')",
                "filesystemFormat(device: '/dev/sdc', type: 'ext4', nodes: 'sv1')");
    }

    @Test
    @Order(3)
    void refusesSwapAMountInAnotherNamespaceAndAnOpenDevice() {
        lab.ssh(1, "mkswap -q /dev/sys/off; swapon /dev/sys/off");
        assertRefused("/dev/sys/off is in use: as swap", create("/dev/sys/off"));
        lab.ssh(
                1,
                "swapoff /dev/sys/off; mkfs.ext4 -q -F /dev/sys/off;"
                        + " setsid unshare -m sh -c 'mount /dev/sys/off /mnt; exec sleep 1000' > /dev/null 2>&1 < /dev/null &"
                        + " until grep -qs ' /mnt .*/dev/' /proc/[0-9]*/mountinfo; do sleep 0.1; done");
        assertRefused(
                "in use: mounted at /mnt in the mount namespace of process",
                create("/dev/sys/off"),
                "clusterMount(device: '/dev/sys/off', mountPoint: '/mnt/other', type: 'ext4', nodes: 'sv1')");
        lab.ssh(
                1,
                "kill $(pgrep -x -f 'sleep 1000'); sleep 0.3; wipefs -q -a /dev/sys/off;"
                        + " setsid sleep 2000 < /dev/sys/off > /dev/null 2>&1 &");
        assertRefused("(sleep)", create("/dev/sys/off"));
        lab.ssh(1, "kill $(pgrep -x -f 'sleep 2000')");
    }

    @Test
    @Order(4)
    void overwriteRemovesTheContentForAllLaterSteps() {
        LabBuild.run(
                        lab,
                        """
                        drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/sys/off', overwrite: 'unknown data')
                        drbdPromote(resource: 'r0', node: 'sv1', force: true)
                        filesystemFormat(device: '/dev/drbd0', type: 'ext4')
                        """)
                .succeeds();
    }

    @Test
    @Order(5)
    void refusesALoopDeviceOnDrbdAndADiskOfAResourceThatIsUpOrDown() {
        lab.ssh(1, "losetup -o 1048576 /dev/loop3 /dev/drbd0");
        assertRefused(
                "/dev/drbd0 is in use: by loop3 from byte 1048576",
                "filesystemFormat(device: '/dev/drbd0', type: 'xfs')",
                "clusterMount(device: '/dev/drbd0', mountPoint: '/mnt/r0', type: 'ext4', nodes: 'sv1')");
        lab.ssh(1, "losetup -d /dev/loop3");
        String other = "drbdCreateResource(resource: 'r1', device: '/dev/drbd1', disk: '/dev/sys/off', port: 7790)";
        String format = "filesystemFormat(device: '/dev/sys/off', type: 'xfs', nodes: 'sv1', overwrite: 'x')";
        assertRefused("/dev/sys/off is a disk of the DRBD resource 'r0', which is up", other, format);
        lab.ssh(1, "drbdadm secondary r0; drbdadm down r0");
        lab.ssh(2, "drbdadm down r0");
        assertRefused("/dev/sys/off is a disk of the DRBD resource 'r0', which is down", other, format);
        assertRefused(
                "/dev/sys/off holds drbd ",
                "clusterMount(device: '/dev/sys/off', mountPoint: '/mnt/r0', type: 'ext4', nodes: 'sv1')");
    }

    @Test
    @Order(6)
    void refusesADeviceThatComesIntoUseAfterTheProbes() {
        // while the data is wiped, a loop device is set up on the disk; the next commands must detect it
        lab.ssh(
                1,
                "setsid sh -c 'until [ -z \"$(dd if=/dev/sdc bs=1M skip=2 count=1 2>/dev/null | tr -d \"\\0\" | head -c 1)\" ];"
                        + " do sleep 0.05; done; losetup /dev/loop5 /dev/sdc' > /dev/null 2>&1 < /dev/null &");
        LabBuild build = LabBuild.run(
                        lab,
                        "drbdCreateResource(resource: 'r2', device: '/dev/drbd2', disk: '/dev/sdc', port: 7792, overwrite: 'unknown data')")
                .fails();
        assertThat(build.log()).contains("/dev/sdc is now in use by loop5; it was not changed");
        assertThat(lab.ssh(1, "losetup -d /dev/loop5; blkid -p /dev/sdc || echo none"))
                .contains("none");
    }

    @Test
    @Order(7)
    void acceptsTwoSlotsOfAMetadataDeviceAndNoOtherOwner() {
        LabBuild.run(
                        lab,
                        """
                        for (name in ['m0', 'm1']) lvmCreateVolume(group: 'sys', name: name, size: '100M')
                        lvmCreateVolume(group: 'sys', name: 'meta', size: '1G')
                        drbdCreateResource(resource: 'm0', device: '/dev/drbd50', disk: '/dev/sys/m0', metaDisk: '/dev/sys/meta[0]', port: 7850)
                        drbdCreateResource(resource: 'm1', device: '/dev/drbd51', disk: '/dev/sys/m1', metaDisk: '/dev/sys/meta[1]', port: 7851)
                        """)
                .succeeds();
        String third = "lvmCreateVolume(group: 'sys', name: 'm2', size: '100M')\n";
        LabBuild.run(lab, third).succeeds();
        String create =
                "drbdCreateResource(resource: 'm2', device: '/dev/drbd52', disk: '/dev/sys/m2', port: 7852, metaDisk: ";
        assertRefused(
                "slot 1 of /dev/sys/meta is that of the DRBD resource 'm1', which is up",
                create + "'/dev/sys/meta[1]')");
        lab.ssh(1, "drbdadm down m1");
        assertRefused(
                "slot 1 of /dev/sys/meta is that of the DRBD resource 'm1', which is down",
                create + "'/dev/sys/meta[1]')");
        assertRefused("/dev/sys/meta is a disk of the DRBD resource", create + "'/dev/sys/meta')");
        lab.ssh(1, "mkfs.ext4 -q -F /dev/sdd");
        assertRefused("sv1: /dev/sdd is not empty: it holds ext4", create + "'/dev/sdd[0]')");
    }
}
