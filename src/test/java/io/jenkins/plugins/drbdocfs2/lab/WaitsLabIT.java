package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Waits on real nodes: their progress and their results. Each test continues where the previous one ended. */
@TestMethodOrder(OrderAnnotation.class)
class WaitsLabIT {
    private static final Pattern PAUSED = Pattern.compile("sv1: \\[.*?(\\d+) %, .*volume 0 paused");

    private static final String ROOT = "credentialsId: 'lab-root'";

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        LabBuild.run(
                        lab,
                        """
                        drbdInstall()
                        lvmCreateVolume(group: 'lab', name: 'a', size: '48M', devices: '/dev/sdd')
                        lvmCreateVolume(group: 'lab', name: 'b', size: '24M')
                        drbdCreateResource(resource: 'mv', volumes: [
                            [number: 0, device: '/dev/drbd0', disk: '/dev/lab/a'],
                            [number: 1, device: '/dev/drbd1', disk: '/dev/lab/b']],
                            options: 'disk { c-plan-ahead 0; resync-rate 4M; } net { verify-alg sha1; }')
                        """)
                .succeeds();
    }

    @Test
    @Order(1)
    void namesANodeWithoutTheResourceAtOnce() {
        lab.ssh(2, "drbdadm down mv; mv /etc/drbd.d/mv.res /root");
        long begin = System.nanoTime();
        assertThat(LabBuild.run(lab, "drbdWaitSync('mv')").fails().log())
                .contains("sv2: the node has no resource 'mv', which the files of sv1 have it for");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
        lab.ssh(2, "mv /root/mv.res /etc/drbd.d; drbdadm up mv");
    }

    // 24 of the 72 MiB can be copied while the larger volume is paused; without it, 67 % or more would appear done
    @Test
    @Order(2)
    void countsAPausedVolumeAsRemaining() {
        LabBuild build = LabBuild.run(
                        lab,
                        """
                        clusterExec(script: 'drbdadm pause-sync mv/0', nodes: 'sv1')
                        drbdPromote(resource: 'mv', node: 'sv1', force: true)
                        clusterExec(script: '(sleep 9; drbdadm resume-sync mv/0) > /dev/null 2>&1 &', nodes: 'sv1')
                        drbdWaitSync('mv')
                        """)
                .succeeds();
        assertThat(build.log())
                .contains("sv1: the synchronisation of volume 0 of 'mv' with sv2 is paused (PausedSyncS)");
        List<Integer> percent = PAUSED.matcher(build.log())
                .results()
                .map(line -> Integer.valueOf(line.group(1)))
                .toList();
        assertThat(percent).isNotEmpty().allMatch(number -> number <= 60);
        JsonObject sv1 = build.last("drbdWaitSync", "sv1");
        assertThat(sv1)
                .contains(Map.entry("disk", "UpToDate"), Map.entry("peerDisk", "UpToDate"))
                .contains(Map.entry("outOfSyncKib", 0))
                .doesNotContainKeys("donePercent", "kibPerSecond", "secondsLeft", "assumed");
    }

    @Test
    @Order(3)
    void verifyReportsTheDifferingPairOnlyIfItRan() {
        lab.ssh(2, "dd if=/dev/urandom of=/dev/lab/b bs=4k count=2 seek=100 oflag=direct conv=notrunc status=none");
        LabBuild dry = LabBuild.run(lab, 2, "drbdVerify('mv')", "--dry-run").succeeds();
        assertThat(dry.results()).singleElement().satisfies(result -> assertThat(result)
                .doesNotContainKeys("outOfSyncKib", "pairs"));
        assertThat(dry.last("drbdVerify", "sv1")).doesNotContainKey("outOfSyncKibByVolume");

        LabBuild build = LabBuild.run(lab, "drbdVerify('mv')").succeeds();

        assertThat(build.log()).contains("OUT OF SYNC: 8 KiB of 'mv' differ between sv1 and sv2.");
        JsonObject result = build.results().get(0);
        assertThat(result.getInt("outOfSyncKib")).isEqualTo(8);
        assertThat(result.getArray("pairs").getObject(0))
                .contains(Map.entry("nodes", List.of("sv1", "sv2")))
                .contains(Map.entry("outOfSyncKibByVolume", Map.of("0", 0, "1", 8)));
    }

    @Test
    @Order(4)
    void removedResourceHasNoStateOfARunningOne() {
        LabBuild build = LabBuild.run(lab, "drbdDemote(resource: 'mv', node: 'sv1')\ndrbdRemoveResource('mv')")
                .succeeds();
        for (String node : List.of("sv1", "sv2")) {
            assertThat(build.last("drbdRemoveResource", node))
                    .contains(Map.entry("up", false), Map.entry("configured", false), Map.entry("file", false))
                    .doesNotContainKeys("role", "disk", "connection", "peerDisk", "outOfSyncKib");
        }
    }

    @Test
    @Order(5)
    void anotherRunWaitsUntilTheFirstIsKilled() {
        LabBuild first = LabBuild.startProcess(
                lab, LabBuild.withNodes(2, ROOT, "clusterExec(script: 'echo begun; sleep 600', nodes: 'sv1')"));
        first.process().awaitLine(line -> line.contains("sv1| begun"));
        LabBuild second = LabBuild.startProcess(
                lab, LabBuild.withNodes(2, ROOT, "clusterExec(script: 'touch /run/second', nodes: 'sv2')"));
        second.process().awaitLine(line -> line.contains("waiting for ") && line.contains("which changes sv1, sv2"));
        assertThat(lab.ssh(2, "ls /run | grep -c second || true")).isEqualTo("0\n");

        first.process().signal("KILL");

        second.succeeds();
        assertThat(lab.ssh(2, "ls /run/second; flock -n /run/drbd-ocfs2-steps.lock echo free"))
                .isEqualTo("/run/second\nfree\n");
    }

    @Test
    @Order(6)
    void waitsForAScriptThatLocksTheNode() {
        RunningProgram script = lab.start(
                "ssh",
                "1",
                "flock /run/drbd-ocfs2-steps.lock sh -c 'echo locked; until [ -e /run/go ]; do sleep 0.2; done'");
        script.awaitLine(line -> line.equals("locked"));
        LabBuild build = LabBuild.startProcess(
                lab, LabBuild.withNodes(2, ROOT, "clusterExec(script: 'echo mine', nodes: 'sv2')"));
        build.process().awaitLine(line -> line.contains("waiting for somebody, which changes sv1"));
        lab.ssh(1, "touch /run/go");
        assertThat(build.succeeds().log()).contains("sv2| mine");
        script.await();
    }
}
