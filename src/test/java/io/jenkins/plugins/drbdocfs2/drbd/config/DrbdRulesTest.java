package io.jenkins.plugins.drbdocfs2.drbd.config;

import static io.jenkins.plugins.drbdocfs2.drbd.config.SampleResources.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrbdRulesTest {
    private static final MetaDisk OWN = MetaDisk.on("/dev/sys/meta");

    @ParameterizedTest
    @ValueSource(strings = {"r0", "0r", "r-0", "r_0", "r.0", "Disk"})
    void acceptsValidNames(String name) {
        assertThat(DrbdRules.resourceName("resource", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "all", "a b", "a'b", "a\"b", "a\nb", "$(id)", "r0/1", "r:0", "-r", ".r", "../x", "ü"})
    void refusesInvalidNames(String name) {
        assertThatThrownBy(() -> DrbdRules.resourceName("resource", name))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("resource must ");
    }

    @Test
    void limitsANameTo64Characters() {
        assertThat(DrbdRules.resourceName("resource", "a".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> DrbdRules.resourceName("resource", "a".repeat(65)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> DrbdRules.resourceName("resource", null))
                .isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dev/sda", "/dev/drbd", "/dev/drbd0 ", "/dev/drbd/0", "drbd0", "/dev/drbd_", "/dev/../drbd0"})
    void refusesInvalidDevices(String device) {
        assertThatThrownBy(() -> DrbdRules.device("device", device)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void twoPrimariesRequireProtocolC() {
        Resource c = SampleResources.of(2, List.of(volume(0, 0, 2, OWN)), true, "");
        Resource a = new Resource("r0", c.hosts(), c.volumes(), "A", true, List.of());
        assertThatCode(() -> DrbdRules.check(c)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DrbdRules.check(a))
                .hasMessage("protocol must be C where two nodes may be Primary, but is 'A'.");
    }

    @Test
    void twoPrimariesRequireTwoNodesWithDisks() {
        Resource three = SampleResources.of(3, List.of(volume(0, 0, 3, OWN)), true, "");
        Resource diskless = SampleResources.of(2, List.of(volume(0, 0, 1, OWN)), true, "");
        assertThatThrownBy(() -> DrbdRules.check(three)).hasMessageContaining("exactly two nodes");
        assertThatThrownBy(() -> DrbdRules.check(diskless)).hasMessageContaining("exactly two nodes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net { after-sb-0pri violently-as0p; }", "net { after-sb-1pri violently-as0p; }",
                "net { rr-conflict violently; }", "net { rr-conflict \"violently\"; }"
            })
    void refusesOptionsThatLoseDataSilently(String options) {
        assertThatThrownBy(() -> DrbdRules.check(SampleResources.two(OWN, options)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("violently");
    }

    @Test
    void limitsASecretTo63BytesAndDoesNotPrintIt() {
        String secret = "s3cret-".repeat(10);
        assertThatThrownBy(() -> DrbdRules.check(SampleResources.two(OWN, "net { shared-secret " + secret + "; }")))
                .hasMessageContaining("63")
                .hasMessageNotContaining("s3cret-");
        assertThatCode(() -> DrbdRules.check(SampleResources.two(OWN, "net { shared-secret " + "x".repeat(63) + "; }")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesDuplicates() {
        Resource good = SampleResources.two(OWN, "");
        Host sv1 = good.hosts().get(0);
        refused(good, List.of(sv1, sv1), good.volumes(), "a node twice");
        refused(
                good,
                List.of(sv1, new Host("sv2", sv1.address(), sv1.port(), 1)),
                good.volumes(),
                "an address and port twice");
        refused(good, good.hosts(), List.of(volume(0, 0, 2, OWN), volume(1, 0, 2, OWN)), "a minor number twice");
        refused(good, good.hosts(), List.of(volume(0, 0, 2, OWN), volume(1, 1, 2, OWN)), "be used once");
        MetaDisk slot = new MetaDisk("/dev/sys/meta", 0);
        refused(good, good.hosts(), List.of(volume(0, 0, 2, slot), volume(1, 1, 2, slot)), "be used once");
        refused(good, good.hosts(), List.of(volume(0, 0, 2, slot), volume(1, 1, 2, OWN)), "be used once");
        MetaDisk next = new MetaDisk("/dev/sys/meta", 1);
        assertThatCode(() -> DrbdRules.check(
                        resource(good, good.hosts(), List.of(volume(0, 0, 2, slot), volume(1, 1, 2, next)))))
                .doesNotThrowAnyException();
    }

    @Test
    void bothNodesBecomePrimaryOnlyIfDualPrimaryIsSet() {
        String options = "startup { become-primary-on both; }";
        assertThatThrownBy(() -> DrbdRules.check(SampleResources.two(OWN, options)))
                .hasMessage("become-primary-on must name one node where dualPrimary is not set, but is 'both'.");
        assertThatCode(() -> DrbdRules.check(SampleResources.of(2, List.of(volume(0, 0, 2, OWN)), true, options)))
                .doesNotThrowAnyException();
    }

    @Test
    void requiresTheMinorNumberInTheDeviceName() {
        Resource good = SampleResources.two(OWN, "");
        Volume other = new Volume(0, "/dev/drbd1", 0, good.volumes().get(0).disks());
        refused(good, good.hosts(), List.of(other), "have the number 0 of its minor");
    }

    @Test
    void refusesNumbersOutOfRange() {
        Resource good = SampleResources.two(OWN, "");
        Host sv2 = good.hosts().get(1);
        refused(good, List.of(new Host("sv1", "10.0.0.1", 65536, 0), sv2), good.volumes(), "port must be 1 to 65535");
        refused(good, List.of(new Host("sv1", "10.0.0.1", 7789, 32), sv2), good.volumes(), "node id must be 0 to 31");
        refused(good, List.of(new Host("a b", "10.0.0.1", 7789, 0), sv2), good.volumes(), "node must be a host name");
        refused(good, List.of(sv2), good.volumes(), "two or more");
        refused(good, good.hosts(), List.of(volume(65536, 0, 2, OWN)), "volume must be 0 to 65535");
        refused(good, good.hosts(), List.of(volume(0, 1 << 20, 2, OWN)), "minor must be 0 to 1048575");
    }

    private static Resource resource(Resource good, List<Host> hosts, List<Volume> volumes) {
        return new Resource("r0", hosts, volumes, "C", false, good.options());
    }

    private static void refused(Resource good, List<Host> hosts, List<Volume> volumes, String message) {
        assertThatThrownBy(() -> DrbdRules.check(resource(good, hosts, volumes)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(message);
    }

    @Test
    void separatesOptionsFromParameters() {
        ResourceOptions options =
                ResourceOptions.parse("protocol b; net { protocol c; allow-two-primaries yes; timeout 60; } disk { }");
        assertThat(options.protocol()).isEqualTo("C");
        assertThat(options.dualPrimary()).isTrue();
        assertThat(options.sections()).hasSize(1);
        assertThat(ResourceOptions.parse("net { allow-two-primaries no; }").dualPrimary())
                .isFalse();
        assertThat(ResourceOptions.parse(" ")).isEqualTo(ResourceOptions.NONE);
        assertThat(ResourceOptions.parse(null)).isEqualTo(ResourceOptions.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on sv1 { }",
                "device /dev/drbd0;",
                "include \"/etc/x\";",
                "net { a",
                "global { usage-count no; }"
            })
    void refusesOtherStatementsAsOptions(String text) {
        assertThatThrownBy(() -> ResourceOptions.parse(text))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("options must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "internal2", "/dev/x[", "/dev/x[a]", "[0]", "/dev/x[0]y"})
    void refusesInvalidMetaDisks(String text) {
        assertThatThrownBy(() -> MetaDisk.parse(text)).isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal", "/dev/x", "/dev/x[0]", "/dev/sys/a+b[12]"})
    void writesMetaDisksAsTheyWereRead(String text) {
        assertThat(MetaDisk.parse(text)).hasToString(text);
    }
}
