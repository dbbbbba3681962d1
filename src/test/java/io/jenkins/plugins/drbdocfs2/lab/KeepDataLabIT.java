package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filesystems of a real node that get DRBD below them. */
class KeepDataLabIT {
    private static final String FAST = "options: 'disk { resync-rate 1G; c-plan-ahead 0; }'";

    // Resets the node right after a subcommand of drbdadm has ended
    private static final String RESETS =
            """
            cat > /usr/local/sbin/drbdadm <<'END'
            #!/bin/sh
            /usr/sbin/drbdadm "$@" || exit
            read -r at < /root/reset-after || exit 0
            case " $* " in
              *" -d "*) ;;
              *" $at "*) rm /root/reset-after; sync; echo b > /proc/sysrq-trigger; sleep 60 ;;
            esac
            END
            chmod +x /usr/local/sbin/drbdadm
            """;

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        for (int node = 1; node <= 2; node++) {
            lab.ssh(node, "vgcreate -q sys /dev/sdb");
        }
        LabBuild.run(lab, "drbdInstall()\n").succeeds();
    }

    /** Creates a volume on both nodes, with a filesystem and a file on the first; returns the checksum of the file. */
    private static String filesystem(String name, int mebibytes, String mkfs) {
        for (int node = 1; node <= 2; node++) {
            lab.ssh(node, "lvcreate -q -q -y -W n -L " + mebibytes + "M -n " + name + " sys");
        }
        lab.ssh(1, mkfs + " /dev/sys/" + name + " && mount /dev/sys/" + name + " /mnt && seq 2000000 > /mnt/data");
        String sum = lab.ssh(1, "sha256sum < /mnt/data");
        lab.ssh(1, "umount /mnt");
        return sum;
    }

    private static String create(String name, int number, String more) {
        return "drbdCreateResource(resource: '%1$s', device: '/dev/drbd%2$d', disk: '/dev/sys/%1$s', port: %3$d, %4$s, %5$s)%n"
                .formatted(name, number, 7790 + number, more, FAST);
    }

    // DRBD writes past the page cache of the disk
    private static String disk(int node, String name) {
        return lab.ssh(node, "dd if=/dev/sys/" + name + " iflag=direct bs=1M status=none | sha256sum");
    }

    /**
     * Runs steps that create a resource, and asserts that both nodes have the file after a synchronisation, and that the same
     * steps then change nothing. A read-only mount writes nothing.
     */
    private static LabBuild assertOnBoth(String name, int number, String sum, String create) {
        LabBuild build = LabBuild.run(
                        lab,
                        """
                        %4$s
                        drbdWaitSync('%1$s')
                        for (node in ['sv1', 'sv2']) {
                            drbdPromote(resource: '%1$s', node: node)
                            def file = clusterExec(nodes: node,
                                script: 'mount -o ro /dev/drbd%2$d /mnt && sha256sum < /mnt/data && umount /mnt')
                            assert file.nodes[node].stdout.trim() == '%3$s'
                            drbdDemote(resource: '%1$s', node: node)
                        }
                        %4$s
                        """
                                .formatted(name, number, sum.strip(), create))
                .succeeds();
        assertThat(build.last("drbdCreateResource").getBoolean("changed")).isFalse();
        return build;
    }

    /** A step that must be refused with these words; it prints them. */
    private static String refused(String step, String... words) {
        return "message = null\ntry { " + step.strip() + " } catch (e) { message = e.message; echo message }\n"
                + Arrays.stream(words)
                        .map(word -> "assert message?.contains(\"\"\"" + word + "\"\"\")\n")
                        .collect(Collectors.joining());
    }

    private static String onFirst(String script) {
        return "clusterExec(nodes: 'sv1', script: '''" + script + "''')\n";
    }

    @Test
    void keepsExt4WithExternalMetadataAndItsDiskAsItIs() {
        String sum = filesystem("web", 128, "mkfs.ext4 -q -L web");
        for (int node = 1; node <= 2; node++) {
            lab.ssh(node, "lvcreate -q -q -y -W n -L 8M -n web_meta sys");
        }
        String create = create("web", 1, "metaDisk: '/dev/sys/web_meta', keepDataOf: 'sv1'");
        String before = disk(1, "web");
        String empty = disk(2, "web");

        LabBuild dry = LabBuild.run(lab, 2, create + "drbdPromote(resource: 'web', node: 'sv1')\n", "--dry-run")
                .succeeds();
        assertThat(dry.log())
                .contains("sv1: /dev/sys/web keeps ext4 'web' ", "(134217728 bytes)", "drbdadm primary --force web");
        assertThat(disk(2, "web")).isEqualTo(empty);
        lab.ssh(1, "cmp -n 8388608 /dev/sys/web_meta /dev/zero && [ ! -e /etc/drbd.d/web.res ]");

        LabBuild.run(
                        lab,
                        onFirst("mount -o ro,noload /dev/sys/web /mnt")
                                + refused(create, "sv1: /dev/sys/web is in use: mounted at /mnt", "clusterUnmount")
                                + onFirst("umount /mnt; echo \"/dev/sys/web /srv ext4 defaults 0 2\" >> /etc/fstab")
                                + refused(create, "sv1: fstab mounts /dev/sys/web at /srv")
                                + onFirst("sed -i /srv/d /etc/fstab")
                                + refused(
                                        create.replace("keepDataOf: 'sv1'", "keepDataOf: 'sv2'"),
                                        "sv2: /dev/sys/web is empty, and keepDataOf names this node",
                                        "sv1: /dev/sys/web is not empty"))
                .succeeds()
                .changesNothing();
        assertThat(disk(1, "web")).isEqualTo(before);

        LabBuild.run(lab, create).succeeds();
        assertThat(disk(1, "web")).isEqualTo(before);
        LabBuild.run(lab, create + "drbdWaitSync('web')\n").succeeds().changesNothing("drbdCreateResource");
        assertThat(disk(2, "web")).isEqualTo(before);
        assertOnBoth("web", 1, sum, create).changesNothing("drbdCreateResource");
    }

    @Test
    void keepsExt4WithInternalMetadataAfterItWasMadeSmaller() {
        String sum = filesystem("mail", 128, "mkfs.ext4 -q -b 4096");
        String create = create("mail", 2, "keepDataOf: 'sv1'");
        String before = disk(1, "mail");
        LabBuild full = LabBuild.run(lab, create).fails().changesNothing();
        assertThat(full.log())
                .contains(
                        "/dev/sys/mail has 134217728 bytes, of which DRBD would make 134176768 available",
                        "`resize2fs /dev/sys/mail 131032K`",
                        "size: '132M'");
        assertThat(disk(1, "mail")).isEqualTo(before);
        lab.ssh(1, "e2fsck -fp /dev/sys/mail && resize2fs /dev/sys/mail 131032K");
        assertOnBoth("mail", 2, sum, create);
        lab.ssh(1, "drbdadm down mail && e2fsck -fn /dev/sys/mail");
    }

    @Test
    void keepsXfsWithInternalMetadataOnAGrownVolume() {
        String sum = filesystem("files", 320, "mkfs.xfs -q");
        String create = create("files", 3, "keepDataOf: 'sv1'");
        assertThat(LabBuild.run(lab, create).fails().changesNothing().log())
                .contains("xfs cannot be made smaller", "size: '324M'");
        assertOnBoth(
                "files", 3, sum, "lvmCreateVolume(group: 'sys', name: 'files', size: '324M', grow: true)\n" + create);
    }

    @Test
    void refusesXfsThatWasGrownShortlyBeforeAPowerCutUntilItsLogIsReplayed() {
        filesystem("grown", 400, "mkfs.xfs -q");
        lab.ssh(2, "lvextend -q -q -L 800M sys/grown");
        lab.ssh(
                1,
                "mount /dev/sys/grown /mnt && lvextend -q -q -L 800M sys/grown && xfs_growfs /mnt && seq 2000 > /mnt/new"
                        + " && sync");
        lab.lab("kill", "1");
        lab.lab("start", "1");
        String create = create("grown", 6, "keepDataOf: 'sv1'");
        assertThat(LabBuild.run(lab, create).fails().changesNothing().log())
                .contains("on /dev/sys/grown was not unmounted", "mount and unmount it once on sv1");
        lab.ssh(1, "mount /dev/sys/grown /mnt && umount /mnt");
        assertThat(LabBuild.run(lab, create).fails().changesNothing().log())
                .contains("has 838860800 bytes, of which DRBD would make");
    }

    @Test
    void continuesAfterTheNodeWasResetAtAnyPlace() {
        String sum = filesystem("db", 64, "mkfs.ext4 -q");
        lab.ssh(1, "e2fsck -fp /dev/sys/db; resize2fs /dev/sys/db 60M");
        String create = create("db", 4, "keepDataOf: 'sv1'");
        lab.ssh(1, RESETS);
        for (String place : new String[] {"create-md", "up", "primary"}) {
            int resets = lab.resets(1);
            lab.ssh(1, "echo " + place + " > /root/reset-after; sync");
            LabBuild.run(lab, create).fails();
            lab.awaitReset(1, resets + 1);
            // nobody takes the empty disk for the data
            assertThat(LabBuild.run(lab, "drbdPromote(resource: 'db', node: 'sv2', force: true)\n")
                            .fails()
                            .changesNothing()
                            .log())
                    .doesNotContain("drbdadm primary");
        }
        assertOnBoth("db", 4, sum, create + onFirst("rm -f /usr/local/sbin/drbdadm"));
    }

    @Test
    void refusesToPromoteTheOtherNodeByForceUntilItHasTheData() {
        String sum = filesystem("slow", 64, "mkfs.ext4 -q");
        for (int node = 1; node <= 2; node++) {
            lab.ssh(node, "lvcreate -q -q -y -W n -L 8M -n slow_meta sys");
        }
        String create = create("slow", 5, "metaDisk: '/dev/sys/slow_meta', keepDataOf: 'sv1'");
        LabBuild.run(lab, create.replace(FAST, "options: 'disk { resync-rate 250K; c-plan-ahead 0; }'"))
                .succeeds();
        lab.ssh(2, "drbdadm disconnect slow");
        assertThat(LabBuild.run(lab, "drbdPromote(resource: 'slow', node: 'sv2', force: true)\n")
                        .fails()
                        .changesNothing()
                        .log())
                .contains("volume 0 of 'slow' is UpToDate", "overwrite those on all other nodes");
        assertOnBoth("slow", 5, sum, create);
    }
}
