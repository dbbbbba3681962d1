package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Steps refuse impossible or dangerous requests on real nodes before they change anything. */
class RefusalsLabIT {
    // processes that cannot be killed because they wait for a disk
    private static final String WAITING = "ps -e --no-headers -o stat,ppid,args | awk '$1 ~ /^D/ && $2 != 2'";

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        // r1 is on the third disk of each node; the second disk of sv1 has a filesystem
        LabBuild.run(
                        lab,
                        """
                        drbdInstall()
                        lvmCreateVolume(group: 'lab', name: 'r1', size: '64M', devices: '/dev/sdd')
                        drbdCreateResource(resource: 'r1', device: '/dev/drbd1', disk: '/dev/lab/r1', port: 7790)
                        """)
                .succeeds();
        lab.ssh(1, "mkfs.ext4 -q -L www /dev/ubdc");
    }

    /** Asserts that each of these steps fails with all its words, and that nothing is changed. */
    private static void assertRefused(Map<String, List<String>> wordsByStep) {
        StringBuilder script = new StringBuilder();
        wordsByStep.forEach((step, words) -> {
            script.append("message = null\ntry { ")
                    .append(step)
                    .append(" } catch (e) { message = e.message; echo message }\nassert message != null\n");
            words.forEach(word ->
                    script.append("assert message.contains(\"\"\"").append(word).append("\"\"\")\n"));
        });
        String before = state();
        LabBuild.run(lab, script.toString()).succeeds().changesNothing();
        assertThat(state()).isEqualTo(before);
    }

    private static String state() {
        // DRBD writes to a disk past the cache that wipefs reads
        String script =
                "echo 3 > /proc/sys/vm/drop_caches; cat /etc/drbd.d/*.res; ls -A /etc/drbd.d; drbdadm status; vgs --noheadings; lvs --noheadings;"
                        + " for d in b c d; do wipefs /dev/ubd$d; done; cat /proc/self/mountinfo | wc -l; cat /etc/fstab";
        return lab.ssh(1, script) + lab.ssh(2, script);
    }

    private static String create(String parameters) {
        return "drbdCreateResource(resource: 'r0', device: '/dev/drbd0', " + parameters + ")";
    }

    @Test
    void refusesAWrongNode() {
        LabBuild build = LabBuild.start(
                lab,
                "withClusterNodes(nodes: [[name: 'sv1', host: '127.0.0.1', port: 2202]], credentialsId: 'lab-root') {"
                        + " drbdInstall() }");
        assertThat(build.fails().log()).contains("`uname -n`").contains("'sv2', not 'sv1'");
    }

    @Test
    void refusesADeviceThatIsMissingOrInUseOrHasContent() {
        assertRefused(Map.of(
                create("disk: '/dev/sdz'"),
                List.of("sv1: there is no device /dev/sdz", "sv2: there is no device /dev/sdz"),
                create("disk: '/dev/sdc'"),
                List.of("sv1: /dev/sdc is not empty: it holds ext4 'www'", "overwrite"),
                create("disk: '/dev/ubda'"),
                List.of("/dev/ubda is in use", "mounted at /"),
                create("disk: '/dev/lab/r1'"),
                List.of("sv1", "sv2", "/dev/lab/r1")));
    }

    @Test
    void refusesAMinorOrAPortInUse() {
        assertRefused(Map.of(
                "drbdCreateResource(resource: 'r0', device: '/dev/drbd1', disk: '/dev/sdb', port: 7791)",
                List.of("/dev/drbd1 belongs to the running resource 'r1'"),
                create("disk: '/dev/sdb', port: 7790"),
                List.of(
                        "sv1: drbdadm does not accept",
                        lab.hasDrbd9()
                                ? "ipv4:192.168.0.1:7790 is also used"
                                : "conflicting use of IP '192.168.0.1:7790'",
                        "r1.res"),
                create("disk: '/dev/sdb', port: 22"),
                List.of("port 22 is in use")));
    }

    @Test
    void refusesInvalidNamesSizesAndLabels() {
        Map<String, List<String>> wordsByStep = new HashMap<>();
        for (String name : List.of("a b", "a\\\"b", "a\\'b", "a\\nb", "$(touch /tmp/x)", "-o")) {
            wordsByStep.put(resource(name), List.of("resource must"));
            wordsByStep.put(volume(name, "1G"), List.of("name must"));
        }
        wordsByStep.put(resource("all"), List.of("resource must"));
        wordsByStep.put(volume("..", "1G"), List.of("name must"));
        for (String size : List.of("-1", "10X", "0", "", "1G; reboot")) {
            wordsByStep.put(volume("d", size), List.of("size"));
        }
        wordsByStep.put("ocfs2Format(device: '/dev/drbd1', label: '" + "l".repeat(64) + "')", List.of("label"));
        assertRefused(wordsByStep);
    }

    private static String resource(String name) {
        return "drbdCreateResource(resource: '" + name + "', device: '/dev/drbd0', disk: '/dev/sdb')";
    }

    private static String volume(String name, String size) {
        return "lvmCreateVolume(group: 'sys', name: '" + name + "', size: '" + size + "', devices: '/dev/sdb')";
    }

    private static void promoteR1() {
        LabBuild.run(lab, "drbdPromote(resource: 'r1', node: 'sv1', force: true)\ndrbdWaitSync('r1')")
                .succeeds();
    }

    private static void await(String event) {
        lab.ssh(1, "timeout 60 grep -q -m 1 '" + event + "' < <(drbdsetup events2 r1)");
    }

    @Test
    void refusesToAccessADeviceWithSuspendedIo() {
        promoteR1();
        lab.ssh(1, "mkfs.ext4 -q /dev/drbd1; mkdir /srv/r1; mount /dev/drbd1 /srv/r1");
        // no fence-peer handler reports that the peer is fenced
        lab.ssh(1, "drbdadm " + (lab.hasDrbd9() ? "net" : "disk") + "-options --fencing=resource-and-stonith r1");
        lab.lab("cut", "2");
        await("suspended:fencing");
        LabBuild build = LabBuild.run(
                lab,
                """
                def refusal = [:]
                for (step in ['mount', 'unmount', 'ext4', 'ocfs2', 'lvm']) {
                    try {
                        if (step == 'mount') clusterMount(device: '/dev/drbd1', mountPoint: '/srv/r1', type: 'ext4', nodes: 'sv1')
                        if (step == 'unmount') clusterUnmount(device: '/dev/drbd1', mountPoint: '/srv/r1', nodes: 'sv1')
                        if (step == 'ext4') filesystemFormat(device: '/dev/drbd1', type: 'ext4')
                        if (step == 'ocfs2') ocfs2Format(device: '/dev/drbd1')
                        if (step == 'lvm') lvmCreateVolume(group: 'sys', name: 'd', size: '1G', devices: '/dev/sdb')
                    } catch (e) { refusal[step] = e.message }
                }
                assert refusal.size() == 5
                refusal.each { step, words ->
                    assert words.contains('DRBD has suspended ') && words.contains('run clusterConfirmNodeDown, or `drbdadm resume-io')
                    assert words.contains(step == 'lvm' ? 'sv1: LVM' : 'sv1: /dev/drbd1') && !words.contains('sv2: ')
                }
                assert refusal.unmount.contains('sv1: /srv/r1')
                """);
        build.succeeds().changesNothing();
        assertThat(LabBuild.run(lab, "drbdStatus('r1')\nocfs2Status()")
                        .succeeds()
                        .log())
                .contains("warning: sv1: I/O of 'r1' is suspended");
        assertThat(lab.ssh(1, WAITING)).isEmpty();

        lab.lab("heal", "2");
        await("connection:Connected");
        lab.ssh(1, "umount /srv/r1; rmdir /srv/r1; drbdadm adjust r1");
    }

    @Test
    void refusesChangesToAResourceManagedByAnotherProgram() {
        promoteR1();
        lab.ssh(
                1,
                """
                mkfs.ext4 -q /dev/drbd1; mkdir /srv/r1; mount /dev/drbd1 /srv/r1
                mkdir /var/lib/linstor.d; mv /etc/drbd.d/r1.res /var/lib/linstor.d
                echo 'include "/var/lib/linstor.d/*.res";' > /etc/drbd.d/linstor-resources.res
                """);
        lab.ssh(
                2,
                """
                mkdir -p /etc/drbd-reactor.d /var/lib/pacemaker/cib
                cat > /etc/drbd-reactor.d/r1.toml <<'END'
                # [promoter.resources.r9]
                [[promoter]]
                [promoter.resources."r1"] # ours
                start = ["srv-r1.mount"]
                END
                cat > /var/lib/pacemaker/cib/cib.xml <<'END'
                <cib><configuration><resources><clone id="c"><primitive id="p_r1" class="ocf" provider="linbit" type="drbd">
                <instance_attributes id="a"><nvpair id="n" name="drbd_resource" value="r1"/></instance_attributes>
                </primitive></clone></resources></configuration></cib>
                END
                """);
        String before = state();
        LabBuild.run(
                        lab,
                        """
                        def told = [:]
                        for (step in ['remove', 'resize', 'demote', 'mount', 'unmount', 'format', 'lvm']) {
                            try {
                                if (step == 'remove') drbdRemoveResource('r1')
                                if (step == 'resize') drbdResize('r1')
                                if (step == 'demote') drbdDemote(resource: 'r1', node: 'sv1')
                                if (step == 'mount') clusterMount(device: '/dev/drbd1', mountPoint: '/srv/new', type: 'ext4')
                                if (step == 'unmount') clusterUnmount(device: '/dev/drbd1', mountPoint: '/srv/r1')
                                if (step == 'format') filesystemFormat(device: '/dev/drbd1', type: 'xfs')
                                if (step == 'lvm') lvmCreateVolume(group: 'g', name: 'd', size: '1G', devices: '/dev/drbd1')
                            } catch (e) { told[step] = e }
                        }
                        assert !told.resize
                        assert told.size() == 6
                        told.each { step, e ->
                            assert e.refusals.collect { it.id }.unique() == ['drbd.managed-elsewhere']
                            assert e.message.contains("sv1: 'r1' is managed by LINSTOR (/var/lib/linstor.d/r1.res)")
                            assert e.message.contains("sv2: 'r1' is managed by drbd-reactor (/etc/drbd-reactor.d/r1.toml)")
                            assert e.message.contains("sv2: 'r1' is managed by Pacemaker (primitive p_r1 in /var/lib/pacemaker/cib/cib.xml)")
                        }
                        def status = drbdStatus('r1')
                        assert status.nodes.sv1.managedBy == ['LINSTOR (/var/lib/linstor.d/r1.res)']
                        assert status.nodes.sv2.managedBy.size() == 2 && status.nodes.sv2.managedByKnown
                        drbdWaitSync('r1')
                        """)
                .succeeds()
                .changesNothing();
        assertThat(state()).isEqualTo(before);

        lab.ssh(
                1,
                "umount /srv/r1; rmdir /srv/r1; rm /etc/drbd.d/linstor-resources.res\n"
                        + "mv /var/lib/linstor.d/r1.res /etc/drbd.d; rmdir /var/lib/linstor.d");
        lab.ssh(2, "mv /etc/drbd-reactor.d/r1.toml /etc/drbd-reactor.d/r1.toml.disabled; rm -r /var/lib/pacemaker");
        LabBuild.run(lab, "assert drbdStatus('r1').nodes.every { !it.value.managedBy && it.value.managedByKnown }")
                .succeeds();
        lab.ssh(2, "rm -r /etc/drbd-reactor.d");
    }

    @Test
    void refusesForceIfAnotherNodeHasGoodData() {
        promoteR1();
        assertRefused(Map.of(
                "drbdPromote(resource: 'r1', node: 'sv2', force: true)",
                List.of("sv1 is Primary, and 'r1' does not allow two Primaries")));
    }
}
