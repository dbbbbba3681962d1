package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Resource files on real nodes: drbdadm reads what is written, and other content is kept. */
class ResourceFilesLabIT {
    private static final String CREATE =
            "drbdCreateResource(resource: 'r0', device: '/dev/drbd0', disk: '/dev/sdd', %s)\n";
    private static final String R0 = String.format(CREATE, "dualPrimary: true");

    @AutoClose
    private static Lab lab;

    @BeforeAll
    static void up() {
        lab = Lab.up("sv1", "sv2");
        String steps = R0 + "drbdPromote(resource: 'r0', node: 'sv1', force: true)\ndrbdWaitSync('r0')\n"
                + "drbdPromote(resource: 'r0', node: 'sv2')\n"
                + String.format(CREATE, "dualPrimary: true, options: 'net { max-buffers 8000; }'");
        // the module is not loaded yet
        LabBuild.run(lab, 2, "drbdInstall()\n" + steps, "--dry-run").succeeds();
        LabBuild.run(lab, "drbdInstall()\n" + steps).succeeds();
    }

    private static String resource(String name, int minor, String disk, String address) {
        return "resource " + name + " { # mine\n device /dev/drbd" + minor + "; disk " + disk
                + "; meta-disk internal;\n"
                + "  on sv1 { address " + address + ":779" + minor + "; }\n  on sv2 { address 192.168.0.2:779" + minor
                + "; }\n}\n";
    }

    private static void onBoth(String script) {
        lab.ssh(1, script);
        lab.ssh(2, script);
    }

    private static String files() {
        String script = "cat /etc/drbd.conf /etc/drbd.d/*.res; ls -A /etc/drbd.d; drbdadm status; wipefs /dev/ubdc";
        return lab.ssh(1, script) + lab.ssh(2, script);
    }

    private static void assertRefused(String step, String... words) {
        String before = files();
        assertThat(LabBuild.run(lab, step).fails().log()).contains(words).doesNotContain("/tmp/");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void keepsAnotherResourceInTheFileAndItsKernelState() {
        onBoth("cat >> /etc/drbd.d/r0.res <<'E'\n" + resource("r1", 1, "/dev/sdc", "192.168.0.1")
                + "E\ndrbdadm create-md --force r1 && drbdadm up r1");
        LabBuild.run(lab, String.format(CREATE, "dualPrimary: true, options: 'net { max-buffers 9000; }'"))
                .succeeds();
        // DRBD 9 prints one per line
        assertThat(lab.ssh(1, "cat /etc/drbd.d/r0.res; echo $(drbdadm sh-resources)"))
                .contains("max-buffers 9000", "resource r1 { # mine", "r0 r1");
        onBoth("drbdadm down r1; sed -i '/^resource r1/,$d' /etc/drbd.d/r0.res; wipefs -qa /dev/ubdc");
    }

    @Test
    void reportsTheErrorOfDrbdadmForAnUnreadableFileInEveryStep() {
        lab.ssh(1, "cat > /etc/drbd.d/x.res <<'E'\n" + resource("x", 5, "/dev/sdc", "10.0.0.59") + "E");
        try {
            JsonObject sv1 = LabBuild.run(lab, "drbdStatus('r0')").succeeds().last("drbdStatus", "sv1");
            assertThat(sv1.getString("role")).isEqualTo("Primary");
            assertThat(sv1.getBoolean("configurationKnown")).isFalse();
            assertThat(sv1.has("configured")).isFalse();
            assertThat(sv1.getString("configurationError"))
                    .contains("/etc/drbd.d/x.res:", "IP 10.0.0.59 not found on this host (exit code 10)");
            assertRefused("drbdDemote(resource: 'r0', node: 'sv1')", "10.0.0.59 is not an address of this node");
            assertRefused(String.format(CREATE, "dualPrimary: true, options: 'net { max-buffers 7000; }'"), "x.res:");
        } finally {
            lab.ssh(1, "rm /etc/drbd.d/x.res");
        }
    }

    @Test
    void refusesAnAddressOfAnotherNode() {
        assertRefused(
                "drbdCreateResource(resource: 'r6', config: '''" + resource("r6", 6, "/dev/sdc", "10.0.0.59") + "''')",
                "10.0.0.59, which 'r6' has for sv1, is not an address of this node; it has");
        assertRefused(
                "drbdCreateResource(resource: 'r6', port: 7999, config: '''"
                        + resource("r6", 6, "/dev/sdc", "192.168.0.1") + "''')",
                "config and port");
    }

    @Test
    void refusesAResourceOfAnotherFileAndKeepsItsDiskBlank() {
        String create = "drbdCreateResource(resource: 'r5', device: '/dev/drbd5', disk: '/dev/sdb', port: 7795)";
        onBoth("cp /etc/drbd.conf /root/drbd.conf; cat > /etc/drbd.conf <<'E'\ninclude \"drbd.d/global_common.conf\";\n"
                + "include \"drbd.d/r0.res\";\n" + resource("r5", 5, "/dev/sdc", "192.168.0.1") + "E");
        assertRefused(
                create, "but from /etc/drbd.conf: disk of volume 0 on sv1: requested /dev/sdb, drbdadm reads /dev/sdc");
        onBoth("mv /root/drbd.conf /etc/drbd.conf; cat > /etc/drbd.d/other.res <<'E'\n"
                + resource("r5", 5, "/dev/sdc", "192.168.0.1") + "E");
        assertRefused(create, "/etc/drbd.d/other.res:1", "resource section 'r5'");
        onBoth("rm /etc/drbd.d/other.res");
    }

    @Test
    void refusesToForbidTwoPrimariesWhileBothArePrimary() {
        assertRefused(
                String.format(CREATE, "dualPrimary: false"),
                "two nodes are Primary, and 'r0' is no longer to allow that");
    }

    @Test
    void restoresAFileThatTheKernelRefusesOnAllNodes() {
        assertRefused(
                String.format(CREATE, "dualPrimary: true, options: 'net { on-congestion pull-ahead; }'"),
                "Restored: /etc/drbd.d/r0.res on sv1, /etc/drbd.d/r0.res on sv2");
    }

    @Test
    void removesANewFileThatTheKernelRefuses() {
        String r8 = "drbdCreateResource(resource: 'r8', device: '/dev/drbd8', disk: '/dev/sdb', port: 7798%s)";
        assertThat(LabBuild.run(lab, String.format(r8, ", options: 'net { on-congestion pull-ahead; }'"))
                        .fails()
                        .log())
                .contains("Restored: /etc/drbd.d/r8.res on sv1, /etc/drbd.d/r8.res on sv2")
                .doesNotContain("Not restored");
        onBoth("[ ! -e /etc/drbd.d/r8.res ] && ! drbdsetup status r8 && [ -e /etc/drbd.d/r0.res ]");
        LabBuild.run(lab, String.format(r8, "")).succeeds();
        LabBuild.run(lab, "drbdRemoveResource(resource: 'r8', wipeMetadata: true)")
                .succeeds();
    }

    @Test
    void refusesADiskThatIsSmallerThanTheDataOfThePeer() {
        String r7 = "drbdCreateResource(resource: 'r7', device: '/dev/drbd7', disk: '/dev/loop7', port: 7797)\n";
        onBoth("truncate -s 40M /var/tmp/r7; losetup /dev/loop7 /var/tmp/r7");
        LabBuild.run(lab, r7 + "drbdPromote(resource: 'r7', node: 'sv1', force: true)\ndrbdWaitSync('r7')")
                .succeeds();
        lab.ssh(
                2,
                "drbdadm down r7; rm /etc/drbd.d/r7.res; losetup -d /dev/loop7; rm /var/tmp/r7;"
                        + " truncate -s 32M /var/tmp/r7; losetup /dev/loop7 /var/tmp/r7");
        try {
            assertRefused(
                    r7,
                    "sv2: /dev/loop7 has 33554432 bytes, of which the metadata leave 33513472, but volume 0 of 'r7' has"
                            + " 41902080 bytes on sv1");
        } finally {
            lab.ssh(1, "drbdadm secondary r7; drbdadm down r7; rm /etc/drbd.d/r7.res");
            onBoth("losetup -d /dev/loop7; rm /var/tmp/r7");
        }
    }
}
