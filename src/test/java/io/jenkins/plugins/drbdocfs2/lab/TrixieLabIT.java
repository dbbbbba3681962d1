package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dual-primary example with sudo on nodes with Debian 13, whose tools, sshd and sudo are newer than on this machine. */
class TrixieLabIT {
    private static final String EXAMPLE = Lab.smallExample("dual-primary-ocfs2");

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.upWith("trixie", "sv1", "sv2");
    }

    @Test
    void buildsTheClusterThroughSudoAndChangesNothingInASecondRun() {
        assertThat(lab.ssh(2, ". /etc/os-release; echo $VERSION_CODENAME")).isEqualTo("trixie\n");
        String withSudo =
                EXAMPLE.replace("credentialsId: 'lab-root'", "sudo: true, credentialsId: 'lab-opspw-password'");
        LabBuild.start(lab, withSudo).succeeds();
        LabBuild.start(lab, EXAMPLE).succeeds().changesNothing();
        assertThat(lab.ssh(1, "findmnt -n -o FSTYPE /mnt/drbd0")).isEqualTo("ocfs2\n");
    }
}
