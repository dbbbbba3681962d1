package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hand-written files and devices changed by others, on real nodes. */
class HandWrittenFilesLabIT {
    private static final String CLUSTER = "ocfs2ConfigureCluster(name: 'web', heartbeatThreshold: 7)\n";
    private static final String R1 =
            "drbdCreateResource(resource: 'r1', device: '/dev/drbd1', disk: '/dev/sys/d1', port: 7790%s)\n";

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.run(
                        lab,
                        "drbdInstall()\nocfs2Install()\n"
                                + "lvmCreateVolume(group: 'sys', name: 'd0', size: '96M', devices: '/dev/sdb')\n"
                                + "lvmCreateVolume(group: 'sys', name: 'd1', size: '96M')\n"
                                + "drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/sys/d0', "
                                + "dualPrimary: true)\n"
                                + R1.formatted("")
                                + "for (r in ['r0', 'r1']) { drbdPromote(resource: r, node: 'sv1', force: true) }\n"
                                + "drbdWaitSync('r0')\ndrbdPromote(resource: 'r0', node: 'sv2')\n" + CLUSTER
                                + "ocfs2Format(device: '/dev/drbd0', label: 'data')\n"
                                + "clusterMount(device: '/dev/drbd0', mountPoint: '/srv/data')\n"
                                + "drbdWaitSync('r1')\nfilesystemFormat(device: '/dev/drbd1', type: 'ext4', nodes: 'sv1')\n")
                .succeeds();
    }

    /** Runs steps that must all be refused, each with the text after it. */
    private static void assertRefused(String... stepsAndWords) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < stepsAndWords.length; i += 2) {
            script.append("try { ")
                    .append(stepsAndWords[i].strip())
                    .append("; error('done') } catch (e) { echo e.message; assert e.message.contains(\"\"\"")
                    .append(stepsAndWords[i + 1])
                    .append("\"\"\") }\n");
        }
        LabBuild.run(lab, script.toString()).succeeds();
    }

    @Test
    void readsClusterConfLikeO2cb() {
        lab.ssh(1, "cd /etc/ocfs2; cp cluster.conf keep; o2cb list-cluster web > listed; cp listed cluster.conf");
        assertThat(lab.ssh(1, "head -n 1 /etc/ocfs2/cluster.conf")).startsWith("node:");
        LabBuild.run(lab, CLUSTER).succeeds().changesNothing();

        lab.ssh(
                1,
                "cd /etc/ocfs2; sed 's/^cluster:/cluster:\\n/' keep > cluster.conf; ! o2cb list-clusters 2> why; cat why");
        String before = lab.ssh(1, "systemctl show -p InvocationID o2cb");
        assertRefused(CLUSTER, "sv1: /etc/ocfs2/cluster.conf cannot be read, and o2cb fails on it too: line 3");
        assertThat(lab.ssh(1, "systemctl show -p InvocationID o2cb")).isEqualTo(before);
        lab.ssh(1, "cd /etc/ocfs2; cp keep cluster.conf");
    }

    @Test
    void reportsASecondMountAndItsLeftOverHeartbeat() {
        assertRefused(
                "clusterMount(device: '/dev/drbd0', mountPoint: '/srv/other')",
                "sv1: /dev/drbd0 is mounted at /srv/data already");
        lab.ssh(1, "mkdir /srv/other; mount /dev/drbd0 /srv/other; umount /srv/other; umount /srv/data");
        assertRefused(
                "drbdDemote(resource: 'r0', node: 'sv1')",
                "a heartbeat of OCFS2 that is left over from a second mount");
        lab.ssh(1, "ocfs2_hb_ctl -K -d /dev/drbd0 o2cb");
        LabBuild.run(lab, "drbdDemote(resource: 'r0', node: 'sv1')\ndrbdPromote(resource: 'r0', node: 'sv1')")
                .succeeds();

        // a line with a UUID could also match the disk below DRBD; a line with another path of the device is kept
        lab.ssh(1, "u=$(blkid -s UUID -o value /dev/drbd0); sed -i \"s|^/dev/drbd0 |UUID=$u |\" /etc/fstab");
        lab.ssh(2, "sed -i 's|^/dev/drbd0 /srv/data |/dev/drbd/by-res/r0/0\\t/srv/data/ |' /etc/fstab");
        LabBuild.run(lab, "clusterMount(device: '/dev/drbd0', mountPoint: '/srv/data')")
                .succeeds();
        assertThat(lab.ssh(1, "findmnt --fstab -n -o SOURCE /srv/data")).isEqualTo("/dev/drbd0\n");
        assertThat(lab.ssh(2, "cat /etc/fstab")).contains("/dev/drbd/by-res/r0/0\t/srv/data/ ");
        assertThat(lab.ssh(2, "systemctl cat srv-data.mount")).contains("Where=/srv/data\n");
    }

    @Test
    void refusesAShrunkOrRenamedDiskAndDualPrimaryForExt4() {
        assertRefused(
                R1.formatted(", dualPrimary: true"), "sv1: /dev/drbd1 of 'r1' holds ext4, a single-node filesystem");

        lab.ssh(1, "lvreduce -q -y -f -L 64M sys/d1");
        String smaller = "sv1: /dev/mapper/sys-d1, the disk of volume 0 of 'r1', has 67108864 bytes, but DRBD uses 100";
        assertRefused("drbdResize('r1')", smaller, R1.formatted(""), smaller);
        assertThat(LabBuild.run(lab, "drbdStatus()").succeeds().log()).contains("warning: " + smaller);
        lab.ssh(1, "lvextend -q -L 96M sys/d1; lvrename -q sys d1 d9; lvcreate -q -y -L 96M -n d1 sys");
        String renamed = "sv1: DRBD was given /dev/sys/d1 as disk of volume 0 of 'r1', which now is another device";
        assertRefused("drbdResize('r1')", renamed, R1.formatted(""), renamed);
        lab.ssh(1, "lvremove -q -y sys/d1; lvrename -q sys d9 d1");
        LabBuild.run(lab, R1.formatted("")).succeeds().changesNothing();
    }

    @Test
    void namesWhatKeepsAFilesystemBusy() {
        LabBuild.run(lab, "clusterMount(device: '/dev/drbd1', mountPoint: '/srv/one', type: 'ext4', nodes: 'sv1')")
                .succeeds();
        // the last line imitates exportfs(8), because the nodes have no NFS server
        lab.ssh(
                1,
                "cd /srv/one; truncate -s 16M image; losetup /dev/loop7 image\n"
                        + "head -c 16M /dev/zero > swap; chmod 600 swap; mkswap swap; swapon swap\n"
                        + "mkdir below; mount -t tmpfs none below\n"
                        + "mkdir -p /var/lib/nfs; echo '/srv/one *(ro,sync)' > /var/lib/nfs/etab");
        String unmount = "clusterUnmount(device: '/dev/drbd1', mountPoint: '/srv/one', nodes: 'sv1')";
        String switchover = "drbdSwitchover(resource: 'r1', to: 'sv2', mountPoint: '/srv/one')";
        assertRefused(unmount, "below it: /srv/one/below", switchover, "below /srv/one: /srv/one/below");

        lab.ssh(1, "umount /srv/one/below");
        for (String step : new String[] {unmount, switchover}) {
            assertThat(LabBuild.run(lab, step).fails().log())
                    .contains(
                            "loop7, whose file is /srv/one/image",
                            "swap, whose file is /srv/one/swap",
                            "NFS, which exports /srv/one");
        }
        assertThat(lab.ssh(1, "findmnt -n -o SOURCE /srv/one")).isEqualTo("/dev/drbd1\n");

        lab.ssh(
                1,
                "rm /var/lib/nfs/etab; swapoff /srv/one/swap; losetup -d /dev/loop7\n"
                        + "cd /srv/one; rm -r image swap below");
        LabBuild.run(lab, unmount).succeeds();
    }
}
