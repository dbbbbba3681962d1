package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Reboots, maintenance and moves of two real nodes, while one of them writes. */
@TestMethodOrder(OrderAnnotation.class)
class MaintenanceLabIT {
    private static final String EXAMPLE = Lab.smallExample("dual-primary-ocfs2");
    // the nodes have no network for apt
    private static final String UPGRADE = Lab.read("examples/rolling-upgrade/Jenkinsfile")
            .replace("apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -y upgrade", "uname -r");
    private static final String WRITE =
            "nohup sh -c 'i=0; while :; do i=$((i + 1)); echo $i >> /mnt/drbd0/writes; sync; sleep 1; done' > /dev/null 2>&1 &"
                    + " echo $! > /run/writer";
    private static final String STOP = "kill $(cat /run/writer) 2>/dev/null; true";
    private static final String SUM = "sha256sum < /mnt/drbd0/data";
    private static final String STATE =
            "drbdadm role r0; drbdadm dstate r0; drbdadm cstate r0; grep drbd0 /proc/mounts; o2cb cluster-status; ls"
                    + " /var/lib/drbd-ocfs2-steps";

    @AutoClose
    private static Lab lab;

    private static String sum;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.start(lab, EXAMPLE).succeeds();
        lab.ssh(1, "seq 1000000 > /mnt/drbd0/data; mkdir -p /var/lib/drbd-ocfs2-steps; sync");
        lab.ssh(2, "mkdir -p /var/lib/drbd-ocfs2-steps");
        sum = lab.ssh(1, SUM);
    }

    /** The writer of sv1 has written without a gap. */
    private static void assertWritten(int least) {
        lab.ssh(1, STOP);
        String[] numbers =
                lab.ssh(2, "cat /mnt/drbd0/writes; rm /mnt/drbd0/writes").split("\n");
        assertThat(numbers.length).isGreaterThan(least);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).isEqualTo(String.valueOf(i + 1));
        }
        assertThat(lab.ssh(2, SUM)).isEqualTo(sum);
    }

    @Test
    @Order(1)
    void rebootsANodeWhileTheOtherWrites() {
        String before = lab.ssh(2, STATE);
        int resets = lab.resets(2);
        lab.ssh(1, WRITE);
        LabBuild.run(lab, 2, "clusterReboot(nodes: 'sv2')", "--dry-run").succeeds();
        assertThat(lab.resets(2)).isEqualTo(resets);
        LabBuild build = LabBuild.run(lab, "clusterReboot(nodes: 'sv2')").succeeds();
        assertThat(lab.resets(2)).isEqualTo(resets + 1);
        assertThat(lab.resets(1)).isZero();
        assertThat(lab.ssh(2, STATE)).isEqualTo(before);
        assertThat(build.last("clusterReboot", "sv2").getArray("state").toString())
                .contains("mount /dev/drbd0 at /mnt/drbd0");
        assertWritten(5);
    }

    @Test
    @Order(2)
    void refusesToTakeTheOnlyPrimaryOutOfService() {
        LabBuild.run(
                        lab,
                        "clusterUnmount(device: '/dev/drbd0', mountPoint: '/mnt/drbd0', fstab: false, nodes: 'sv2')\n"
                                + "drbdDemote(resource: 'r0', node: 'sv2')")
                .succeeds();
        LabBuild refused = LabBuild.run(lab, "withNodeInMaintenance('sv1') { error 'ran' }")
                .fails();
        assertThat(refused.changesNothing().log())
                .contains("sv1: 'r0' is Primary only there")
                .doesNotContain("ran");
        assertThat(LabBuild.run(lab, "clusterReboot(nodes: 'sv1')").fails().log())
                .contains("Primary only there");
        assertThat(lab.resets(1)).isZero();
    }

    @Test
    @Order(3)
    void movesThePortAndBackToTwoPrimariesWhileMounted() {
        lab.ssh(1, WRITE);
        String moved = EXAMPLE.replace("port: 7789", "port: 7790");
        LabBuild.start(lab, moved).succeeds();
        assertThat(lab.ssh(2, "drbdadm dump r0 | grep -c ':7790;'; grep -c drbd0 /proc/mounts"))
                .isEqualTo("2\n1\n");
        LabBuild.start(lab, moved).succeeds().changesNothing("drbdCreateResource", "drbdPromote", "clusterMount");
        LabBuild refused = LabBuild.start(lab, EXAMPLE).fails();
        assertThat(refused.log()).contains("while both nodes are Primary");
        assertWritten(5);
    }

    @Test
    @Order(4)
    void upgradesOneNodeAfterTheOtherAndEndsAFailedMaintenance() {
        LabBuild failed = LabBuild.run(lab, "withNodeInMaintenance('sv2') { error 'the upgrade failed' }")
                .fails();
        assertThat(failed.log()).contains("the upgrade failed", "sv2: umount /mnt/drbd0", "sv2: mount /mnt/drbd0");
        assertThat(lab.ssh(2, STATE)).contains("/mnt/drbd0 ocfs2").doesNotContain("maintenance");
        int first = lab.resets(1);
        int second = lab.resets(2);
        LabBuild.start(lab, UPGRADE).succeeds();
        assertThat(lab.resets(1)).isEqualTo(first + 1);
        assertThat(lab.resets(2)).isEqualTo(second + 1);
        for (int node = 1; node <= 2; node++) {
            assertThat(lab.ssh(node, STATE + "; " + SUM))
                    .contains("Primary/Primary", "UpToDate/UpToDate", "/mnt/drbd0 ocfs2", sum)
                    .doesNotContain("maintenance");
        }
    }

    @Test
    @Order(5)
    void movesASinglePrimaryAwayAndBack() {
        LabBuild.run(
                        lab,
                        """
                        lvmCreateVolume(group: 'sys', name: 'web', size: '128M')
                        drbdCreateResource(resource: 'r7', device: '/dev/drbd7', disk: '/dev/sys/web', port: 7797)
                        drbdPromote(resource: 'r7', node: 'sv1', force: true)
                        drbdWaitSync('r7')
                        filesystemFormat(device: '/dev/drbd7', type: 'ext4', nodes: 'sv1')
                        clusterMount(device: '/dev/drbd7', mountPoint: '/srv/web', type: 'ext4', fstab: false, nodes: 'sv1')
                        """)
                .succeeds();
        lab.ssh(1, "cp /mnt/drbd0/data /srv/web/data; sync");
        LabBuild build = LabBuild.run(
                        lab,
                        """
                        withNodeInMaintenance('sv1') {
                            clusterExec(script: 'grep -c /srv/web /proc/mounts; cat /var/lib/drbd-ocfs2-steps/maintenance', returnStatus: true)
                            clusterExec(script: 'echo moved > /srv/web/while-away; sync', nodes: 'sv2')
                        }
                        """)
                .succeeds();
        JsonObject during = build.results().stream()
                .filter(result -> result.getString("step").equals("clusterExec"))
                .findFirst()
                .orElseThrow()
                .getObject("nodes");
        assertThat(during.getObject("sv1").getString("stdout"))
                .startsWith("0\n")
                .contains("moved r7 at /srv/web");
        assertThat(during.getObject("sv2").getString("stdout")).isEqualTo("1\n");
        assertThat(lab.ssh(1, "drbdadm role r7; sha256sum < /srv/web/data; cat /srv/web/while-away; " + STATE))
                .startsWith("Primary/Secondary\n" + sum + "moved\n")
                .doesNotContain("maintenance");
        assertThat(lab.ssh(2, "grep -c /srv/web /proc/mounts; true")).isEqualTo("0\n");
    }

    @Test
    @Order(6)
    void doesNotMoveAServiceWithOpenFilesAndLeavesAllAsItWas() {
        lab.ssh(1, "exec 9< /srv/web/data; setsid sleep infinity > /dev/null 2>&1 < /dev/null & echo $! > /run/holder");
        String before = lab.ssh(1, "drbdadm role r7; grep web /proc/mounts; " + STATE);
        LabBuild refused = LabBuild.run(lab, "withNodeInMaintenance('sv1') { error 'ran' }")
                .fails();
        assertThat(refused.log()).contains("'r7' is in use", "sleep").doesNotContain("ran");
        assertThat(lab.ssh(1, "drbdadm role r7; grep web /proc/mounts; " + STATE))
                .isEqualTo(before);
        lab.ssh(1, "kill $(cat /run/holder)");
    }

    @Test
    @Order(7)
    void movesTheAddressesOfAMountedPrimaryThatWrites() {
        lab.ssh(1, "ip address add 192.168.0.11/24 dev eth0");
        lab.ssh(2, "ip address add 192.168.0.12/24 dev eth0");
        lab.ssh(1, WRITE.replace("/mnt/drbd0", "/srv/web"));
        String moved = LabBuild.withNodes(
                        2,
                        "credentialsId: 'lab-root'",
                        "drbdCreateResource(resource: 'r7', device: '/dev/drbd7', disk: '/dev/sys/web', port: 7797)\n"
                                + "drbdWaitSync('r7')")
                .replace("address: '192.168.0.", "address: '192.168.0.1");
        LabBuild build = LabBuild.start(lab, moved).succeeds();
        assertThat(build.last("drbdCreateResource").getBoolean("changed")).isTrue();
        LabBuild.start(lab, moved).succeeds().changesNothing();
        assertThat(lab.ssh(2, "drbdsetup show r7; drbdadm cstate r7; drbdadm dstate r7"))
                .contains("192.168.0.11:7797", "192.168.0.12:7797", "\nConnected\n", "UpToDate/UpToDate")
                .doesNotContain("192.168.0.1:", "192.168.0.2:");
        lab.ssh(1, STOP);
        String[] numbers = lab.ssh(1, "sync; cat /srv/web/writes").split("\n");
        assertThat(numbers).hasSizeGreaterThan(3);
        assertThat(numbers[numbers.length - 1]).isEqualTo(String.valueOf(numbers.length));
        LabBuild.start(
                        lab,
                        moved.replace(
                                "drbdWaitSync('r7')",
                                "drbdSwitchover(resource: 'r7', to: 'sv2', mountPoint: '/srv/web', type: 'ext4')"))
                .succeeds();
        assertThat(lab.ssh(2, "sha256sum < /srv/web/data; tail -n 1 /srv/web/writes"))
                .isEqualTo(sum + numbers.length + "\n");
    }
}
