package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways to become root on real nodes: keys and passwords, sudo with and without a password, different users per node. */
class LoginsLabIT {
    private static final int NODES = 2;

    // creates and removes a resource: files, devices, kernel state
    private static final String CHANGES =
            """
            drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/lab/d')
            clusterExec(script: 'stat -c "%a %U:%G" /etc/drbd.d/r0.res; drbdadm role r0 | cut -d/ -f1; drbdadm cstate r0', changed: false)
            drbdRemoveResource(resource: 'r0', wipeMetadata: true)
            """;

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.run(lab, "drbdInstall()\nlvmCreateVolume(group: 'lab', name: 'd', size: '64M', devices: '/dev/sdd')")
                .succeeds();
    }

    private static String onBoth(String script) {
        return lab.ssh(1, script) + lab.ssh(2, script);
    }

    /** A Jenkinsfile of these steps, with separate credentials for sv1 and sv2. */
    private static String as(String first, String second, boolean sudo, String steps) {
        return LabBuild.withNodes(NODES, "sudo: " + sudo, steps)
                .replace("address: '192.168.0.1'", "address: '192.168.0.1', credentialsId: '" + first + "'")
                .replace("address: '192.168.0.2'", "address: '192.168.0.2', credentialsId: '" + second + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "lab-ops, lab-ops-password, true",
        "lab-root-password, lab-root, false",
        "lab-opspw-password, lab-root-password, true"
    })
    void runsStepsAsRootWithAnyLogin(String first, String second, boolean sudo) {
        LabBuild build = LabBuild.start(lab, as(first, second, sudo, CHANGES)).succeeds();
        for (String node : new String[] {"sv1", "sv2"}) {
            assertThat(build.last("clusterExec", node).getString("stdout"))
                    .isEqualTo("600 root:root\nSecondary\nConnected\n");
            assertThat(build.last("drbdRemoveResource", node).getBoolean("changed"))
                    .isTrue();
        }
        assertThat(onBoth("ls /etc/drbd.d; wipefs -p /dev/lab/d; drbdsetup status"))
                .isEqualTo("global_common.conf\n".repeat(2));
    }

    @Test
    void installsPackagesAndWritesReadableFilesWithAnyUmaskOfSudo() {
        onBoth("echo 'Defaults umask=0077, umask_override' > /etc/sudoers.d/strict; dpkg --purge ocfs2-tools");
        LabBuild.start(lab, as("lab-opspw-password", "lab-ops", true, "ocfs2Install()\nocfs2ConfigureCluster('ocfs2')"))
                .succeeds();
        assertThat(
                        onBoth(
                                """
                        rm /etc/sudoers.d/strict; dpkg-query -W -f '${Status}\\n' ocfs2-tools
                        stat -c '%a %U:%G %n' /etc/ocfs2 /etc/ocfs2/cluster.conf /etc/default/o2cb \
                          /etc/sysctl.d/99-z-ocfs2.conf /etc/modules-load.d/drbd-ocfs2-steps-ocfs2.conf
                        o2cb cluster-status
                        """))
                .isEqualTo(
                        """
                        install ok installed
                        755 root:root /etc/ocfs2
                        644 root:root /etc/ocfs2/cluster.conf
                        644 root:root /etc/default/o2cb
                        644 root:root /etc/sysctl.d/99-z-ocfs2.conf
                        644 root:root /etc/modules-load.d/drbd-ocfs2-steps-ocfs2.conf
                        Cluster 'ocfs2' is online
                        """
                                .repeat(2));
    }

    @Test
    void reportsWhyAUserCannotBecomeRootAndRunsNothing() {
        // on sv1 sudo wants another password of opspw than the login; on sv2 opspw may not use sudo
        lab.ssh(
                1,
                "echo 'Defaults:opspw targetpw' > /etc/sudoers.d/other; cp -p /etc/shadow /root; echo root:new | chpasswd");
        lab.ssh(2, "gpasswd -d opspw sudo");
        String before = NodeFingerprint.of(lab, NODES);

        assertFails(
                as("lab-opspw-password", "lab-root", true, CHANGES),
                "sv1 (127.0.0.1:" + Lab.port(1) + ", user opspw): sudo does not take the password of the credentials"
                        + " lab-opspw-password");
        assertFails(
                as("lab-root", "lab-opspw-password", true, CHANGES),
                "sv2 (127.0.0.1:" + Lab.port(2) + ", user opspw): sudo does not let opspw run commands as root");
        assertFails(
                as("lab-opspw", "lab-root", true, CHANGES),
                "sv1 (127.0.0.1:" + Lab.port(1)
                        + ", user opspw): sudo asks for a password, and the credentials lab-opspw have none");
        assertFails(as("lab-ops", "lab-root", false, CHANGES), "sv1: scripts run there as user id 1000, not as root");

        assertThat(NodeFingerprint.of(lab, NODES)).isEqualTo(before);
        lab.ssh(1, "rm /etc/sudoers.d/other; mv /root/shadow /etc/shadow");
        lab.ssh(2, "gpasswd -a opspw sudo");
    }

    private static void assertFails(String jenkinsfile, String words) {
        LabBuild build = LabBuild.start(lab, jenkinsfile).fails();
        assertThat(build.log()).contains("ERROR: drbdCreateResource r0: ", words);
        assertThat(build.results()).hasSize(1);
    }
}
