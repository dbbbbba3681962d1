package io.jenkins.plugins.drbdocfs2.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes.Reach;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes.Manager;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Probes of the network, packages and distribution, on this machine and on recorded output. */
class NodeProbesTest {
    private final LocalShell shell = new LocalShell("here");

    private static <T> T read(Probe<T> probe, String text) {
        return probe.parser().apply(new Reading(0, text));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void distinguishesOpenAndRefusedPorts() throws Exception {
        int refused = freePort();
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Probe<Map<String, Reach>> probe =
                    NetworkProbes.reach(List.of("127.0.0.1"), List.of(open.getLocalPort(), refused));

            assertThat(ProbeSet.of(probe).run(shell).get(probe))
                    .containsOnly(
                            Map.entry("127.0.0.1:" + open.getLocalPort(), Reach.OPEN),
                            Map.entry("127.0.0.1:" + refused, Reach.REFUSED));
        }
    }

    @Test
    void connectsNowhereWithoutOtherNodes() throws Exception {
        Probe<Map<String, Reach>> probe = NetworkProbes.reach(List.of(), List.of(7789));

        assertThat(ProbeSet.of(probe).run(shell).get(probe)).isEmpty();
    }

    @Test
    void readsTheAddressesOfTheNode() throws Exception {
        assertThat(ProbeSet.of(NetworkProbes.ADDRESSES).run(shell).get(NetworkProbes.ADDRESSES))
                .contains("127.0.0.1");
    }

    @Test
    void readsAKernelParameterAsAWhole() throws Exception {
        Probe<String> largest = SystemProbes.sysctl("kernel.pid_max");
        String number = ProbeSet.of(largest).run(shell).get(largest);
        assertThat(Integer.parseInt(number)).as("the least one is 301").isGreaterThan(300);
    }

    @Test
    void readsAddressesOfBothFamilies() {
        String text = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.77.0.0\n        /24 link UNICAST\n     |-- 10.77.0.1\n"
                + "        /32 host LOCAL\n     |-- 10.77.0.255\n        /32 link BROADCAST\n=\n"
                + "20010db8000000000000000000000001 02 40 00 80 eth0\n=\n10.77.0.1 192.0.2.7 2001:db8::1 \n";

        assertThat(read(NetworkProbes.ADDRESSES, text))
                .containsExactly("10.77.0.1", "2001:db8:0:0:0:0:0:1", "192.0.2.7");
    }

    @Test
    void hostNameIsNotAnAddress() {
        assertThat(NetworkProbes.canonical("localhost")).isEmpty();
        assertThat(NetworkProbes.canonical("1.2.3.4.5")).isEmpty();
        assertThat(NetworkProbes.canonical("999.1.1.1")).isEmpty();
        assertThat(NetworkProbes.canonical("10.0.0.1")).hasValue("10.0.0.1");
        assertThat(NetworkProbes.place("2001:db8::1", 7789)).isEqualTo("[2001:db8::1]:7789");
    }

    @Test
    void recordsWhenEachProbeRan() throws Exception {
        NodeFacts facts = ProbeSet.of(SystemProbes.CLOCK).run(shell);
        ProbeOutcome outcome = facts.get(ProbeOutcome.PROBE);

        assertThat(ProbeOutcome.failureOf(facts)).isNull();
        assertThat(facts.get(SystemProbes.CLOCK))
                .isBetween(outcome.beforeSeconds() - 0.01, outcome.afterSeconds() + 0.01);
        assertThat(ProbeOutcome.failureOf(ProbeOutcome.failed(shell.node(), "gone")))
                .isEqualTo("gone");
    }

    @Test
    void readsOsRelease() {
        OsRelease os = OsRelease.parse(
                "NAME=x\n# ID=no\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nPRETTY_NAME='Rocky Linux 9 (Blue \\$)'\n");

        assertThat(os).isEqualTo(new OsRelease("rocky", List.of("rhel", "centos", "fedora"), "Rocky Linux 9 (Blue $)"));
        assertThat(os.isLike("rhel")).isTrue();
        assertThat(os.isLike("debian")).isFalse();
        assertThat(OsRelease.parse("").name()).isEqualTo("an unknown distribution");
    }

    @Test
    void readsPackagesWithTheirVersions() {
        assertThat(read(PackageProbes.installed(List.of("a", "b")), "installed a 1.2-3\nconfig-files b 1\n"))
                .contains(Map.of("a", "1.2-3"));
        assertThat(read(
                        PackageProbes.installed(List.of("a", "b")),
                        "package b is not installed\ninstalled a 1.2-3\ninstalled a 1.3-1\n"))
                .contains(Map.of("a", "1.3-1"));
        assertThat(PackageProbes.installed(List.of("a")).parser().apply(new Reading(2, "")))
                .as("dpkg-query failed")
                .isEmpty();
        assertThat(read(PackageProbes.MANAGER, "zypper\n")).isEqualTo(Manager.ZYPPER);
        assertThat(read(PackageProbes.MANAGER, "")).isEqualTo(Manager.NONE);
        assertThat(read(PackageProbes.MODULES_AT_BOOT, "\n\ndrbd\n\n")).isEqualTo(Set.of("drbd"));
    }
}
