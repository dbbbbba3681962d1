package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clusters made by hand that clusterDescribe describes: the Jenkinsfile that it writes finds nothing to change there. */
class DescribeLabIT {
    private static void onBoth(Lab lab, String script) {
        for (int node = 1; node <= 2; node++) {
            lab.ssh(node, "set -e\n" + script);
        }
    }

    private static String synced(String resource) {
        return "until [ \"$(drbdadm dstate " + resource + ")\" = UpToDate/UpToDate ]; do sleep 0.5 || exit; done\n";
    }

    /** Two Primaries with external metadata, options of DRBD 8.3, and an OCFS2 that is not bound to a cluster by name. */
    @Test
    void describesAClusterWithTheOptionsOfDrbd83ThatWasMadeByHand() {
        try (Lab lab = Lab.up("sv1", "sv2")) {
            onBoth(
                    lab,
                    """
                    modprobe drbd
                    vgcreate -qq sys /dev/sdb
                    lvcreate -qq -L 256M -n drbd0 sys
                    lvcreate -qq -L 128M -n drbd0_meta sys
                    cat > /etc/drbd.d/r0.res <<'R'
                    resource r0 {
                      protocol C;

                      startup {
                        wfc-timeout 30;
                        degr-wfc-timeout 10;
                        become-primary-on both;
                      }

                      syncer {
                        rate 1G;
                      }

                      disk {
                        on-io-error detach;
                      }

                      net {
                        allow-two-primaries;
                        after-sb-0pri discard-zero-changes;
                        after-sb-1pri discard-secondary;
                        after-sb-2pri disconnect;
                      }

                      on sv1 {
                        device    /dev/drbd0;
                        disk      /dev/sys/drbd0;
                        address   192.168.0.1:7789;
                        flexible-meta-disk /dev/sys/drbd0_meta;
                      }

                      on sv2 {
                        device    /dev/drbd0;
                        disk      /dev/sys/drbd0;
                        address   192.168.0.2:7789;
                        flexible-meta-disk /dev/sys/drbd0_meta;
                      }
                    }
                    R
                    drbdadm create-md r0
                    drbdadm up r0
                    cat > /etc/ocfs2/cluster.conf <<'C'
                    cluster:
                      node_count = 2
                      name = ocfs2

                    node:
                      ip_port = 7777
                      ip_address = 192.168.0.1
                      number = 0
                      name = sv1
                      cluster = ocfs2

                    node:
                      ip_port = 7777
                      ip_address = 192.168.0.2
                      number = 1
                      name = sv2
                      cluster = ocfs2
                    C
                    sed -i 's/^O2CB_ENABLED=.*/O2CB_ENABLED=true/' /etc/default/o2cb
                    systemctl restart o2cb
                    """);
            lab.ssh(1, "drbdadm -- --overwrite-data-of-peer primary r0\n" + synced("r0"));
            lab.ssh(2, "drbdadm primary r0");
            lab.ssh(1, "mkfs.ocfs2 -N 2 /dev/drbd0 2>&1");
            onBoth(lab, "mkdir /mnt/drbd0; mount /dev/drbd0 /mnt/drbd0; echo $(uname -n) > /mnt/drbd0/$(uname -n)");
            String files = "cd /etc; cat drbd.d/r0.res ocfs2/cluster.conf default/o2cb fstab; cat /mnt/drbd0/sv?";
            String before = lab.ssh(1, files);

            String jenkinsfile = Description.of(lab, "sv");
            assertThat(Description.steps(lab, jenkinsfile))
                    .containsExactly(
                            "lvmCreateVolume",
                            "lvmCreateVolume",
                            "drbdCreateResource",
                            "drbdWaitSync",
                            "drbdPromote",
                            "drbdPromote",
                            "ocfs2Format",
                            "clusterMount");
            assertThat(lab.ssh(1, files)).isEqualTo(before);
            assertThat(jenkinsfile)
                    .contains("port: 7789", "onPeerLoss: 'continue'", "allows two Primaries without fencing")
                    // nobody has set what a failed kernel does, and the step always does
                    .contains("// - sv1, sv2: sysctl -w kernel.panic_on_oops=1 kernel.panic=30")
                    .contains("        // ocfs2ConfigureCluster(name: 'ocfs2')\n")
                    .contains("sv1, sv2: it is not in /etc/fstab, so it is not mounted at boot");

            // from now on it is one more cluster of this plugin
            LabBuild.start(
                            lab,
                            jenkinsfile
                                    .replace("// drbdInstall()", "drbdInstall()")
                                    .replace("// ocfs2Install()", "ocfs2Install()")
                                    .replace("// ocfs2ConfigureCluster(", "ocfs2ConfigureCluster(")
                                    .replace(", fstab: false", ""))
                    .succeeds();
            assertThat(Description.of(lab, "sv")).doesNotContain("This step would", "fstab: false");
            assertThat(lab.ssh(1, "cat /etc/drbd.d/r0.res; cat /mnt/drbd0/sv?")).contains("syncer {", "sv1\nsv2\n");
        }
    }

    /** A single Primary with XFS, and two Primaries with OCFS2 and a cluster with its own timeouts. */
    @Test
    void describesAClusterWithItsOwnTimeoutsThatWasMadeByHand() {
        try (Lab lab = Lab.up("nodo1", "nodo2")) {
            onBoth(
                    lab,
                    """
                    vgcreate -qq lab /dev/sdd; lvcreate -qq -L 320M -n www lab; lvcreate -qq -L 256M -n db lab
                    resource() {
                      cat > /etc/drbd.d/$1.res <<R
                    resource $1 {
                      protocol C;
                      meta-disk internal;
                      device $2;
                      syncer {
                        verify-alg sha1;
                      }
                      net {
                        allow-two-primaries;
                      }
                      on nodo1 {
                        disk $3;
                        address 192.168.0.1:$4;
                      }
                      on nodo2 {
                        disk $3;
                        address 192.168.0.2:$4;
                      }
                    }
                    R
                    }
                    resource wwwdata /dev/drbd1 /dev/lab/www 7789
                    resource dbdata /dev/drbd2 /dev/lab/db 7790
                    for r in wwwdata dbdata; do drbdadm create-md $r; drbdadm up $r; done
                    o2cb add-cluster tclust
                    o2cb add-node tclust nodo1 --ip 192.168.0.1
                    o2cb add-node tclust nodo2 --ip 192.168.0.2
                    cat > /etc/default/o2cb <<'O'
                    # O2CB_ENABLED: 'true' means to load the driver on boot.
                    O2CB_ENABLED=true

                    # O2CB_BOOTCLUSTER: If not empty, the name of a cluster to start.
                    O2CB_BOOTCLUSTER=tclust

                    # O2CB_HEARTBEAT_THRESHOLD: Iterations before a node is considered dead.
                    O2CB_HEARTBEAT_THRESHOLD=21

                    # O2CB_IDLE_TIMEOUT_MS: Time in ms before a network connection is considered dead.
                    O2CB_IDLE_TIMEOUT_MS=15000

                    # O2CB_KEEPALIVE_DELAY_MS: Max. time in ms before a keepalive packet is sent.
                    O2CB_KEEPALIVE_DELAY_MS=2000

                    # O2CB_RECONNECT_DELAY_MS: Min. time in ms between connection attempts.
                    O2CB_RECONNECT_DELAY_MS=2000
                    O
                    systemctl enable o2cb ocfs2
                    printf 'kernel.panic = 30\\nkernel.panic_on_oops = 1\\n' >> /etc/sysctl.conf
                    sysctl -p
                    systemctl restart o2cb
                    """);
            lab.ssh(
                    1,
                    "drbdadm primary --force wwwdata; drbdadm primary --force dbdata\n" + synced("wwwdata")
                            + synced("dbdata")
                            + "mkfs.xfs -q /dev/drbd1; mount /dev/drbd1 /mnt; echo written on nodo1 > /mnt/prueba.txt\n"
                            + "umount /mnt; drbdadm secondary wwwdata");
            lab.ssh(
                    2,
                    "drbdadm primary wwwdata; drbdadm primary dbdata; mkdir /srv/www; mount /dev/drbd1 /srv/www\n"
                            + "mkfs.ocfs2 --cluster-size 8K -J size=32M -T mail --node-slots 2 --label ocfs2_fs"
                            + " --mount cluster --fs-feature-level=max-features --cluster-stack=o2cb"
                            + " --cluster-name=tclust /dev/drbd2 2>&1");
            onBoth(lab, "mount /dev/drbd2 /mnt; echo $(uname -n) > /mnt/$(uname -n)");
            String files = "cd /etc; cat drbd.d/*.res ocfs2/cluster.conf default/o2cb fstab sysctl.conf; ls sysctl.d";
            String before = lab.ssh(2, files);

            String jenkinsfile = Description.of(lab, "nodo");
            assertThat(Description.steps(lab, jenkinsfile))
                    .containsExactly(
                            "lvmCreateVolume",
                            "lvmCreateVolume",
                            "drbdCreateResource",
                            "drbdWaitSync",
                            "drbdPromote",
                            "drbdPromote",
                            "drbdCreateResource",
                            "drbdWaitSync",
                            "drbdPromote",
                            "ocfs2ConfigureCluster",
                            "ocfs2Format",
                            "clusterMount",
                            "clusterMount");
            assertThat(lab.ssh(2, files)).isEqualTo(before);
            assertThat(lab.ssh(2, "cat /srv/www/prueba.txt /mnt/nodo?")).isEqualTo("written on nodo1\nnodo1\nnodo2\n");
            assertThat(jenkinsfile)
                    .contains("ocfs2ConfigureCluster(name: 'tclust', heartbeatThreshold: 21, idleTimeoutMillis: 15000)")
                    .contains("clusterSize: '8K'", "nodes: 'nodo2'")
                    .contains("/dev/drbd1 of 'wwwdata' holds xfs")
                    .contains("        // filesystemFormat(device: '/dev/drbd1', type: 'xfs')\n");
        }
    }
}
