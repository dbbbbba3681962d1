package io.jenkins.plugins.drbdocfs2.drbd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices.Device;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps by drbdadm 8.4 and 9 of one configuration with three resources, one of them on other nodes only. */
class DrbdDumpParserTest {
    private static String text(String generation) {
        return Recorded.text("drbdadm/devices-" + generation + ".txt");
    }

    private static DrbdDevices read(String text) {
        return DrbdDevices.PROBE.parser().apply(new Reading(0, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.4", "9"})
    void findsTheDevicesOfThisNodeWithTheirDisks(String generation) {
        DrbdDevices found = read(text(generation));

        assertThat(found.known()).isTrue();
        assertThat(found.devices())
                .extracting(Device::resource, Device::path, Device::minor, Device::dualPrimary)
                .containsExactly(
                        tuple("r0", "/dev/drbd0", 0, true),
                        tuple("r1", "/dev/drbd1", 1, false),
                        tuple("r1", "/dev/drbd_b", 2, false));
        assertThat(found.below("/dev/vdf", "")).hasValue("r1");
        assertThat(found.below("/dev/vdc", "")).isEmpty();
        assertThat(found.below("/dev/vdx", "")).isEmpty();
        assertThat(found.of("/dev/drbd0", -1).orElseThrow().lossMillis()).isEqualTo(20_500);
    }

    @Test
    void diskOfAStackedResourceIsTheDeviceOfTheLowerResource() {
        DrbdDevices found = read(Recorded.text("drbdadm/devices-stacked.txt"));

        assertThat(found.known()).isTrue();
        assertThat(found.devices())
                .extracting(Device::resource, Device::path, Device::minor)
                .containsExactly(tuple("r0", "/dev/drbd0", 0), tuple("r0-U", "/dev/drbd10", 10));
        assertThat(found.below("/dev/drbd0", "")).hasValue("r0-U");
        assertThat(found.below("/dev/sdx", "")).hasValue("r0");
        assertThat(found.below("/dev/hda6", "")).as("a disk of another node").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.4", "9"})
    void truncatedDumpIsUnknown(String generation) {
        String text = text(generation);
        for (String broken : List.of(
                text.replaceFirst("= dump\n", ""),
                " \n" + text,
                text.replaceFirst("real /dev/vde .*\n", ""),
                text.replaceFirst("(?s)\nresource r1 .*", ""),
                text.replaceFirst("# resource r1 .*\n", ""),
                text.replaceFirst("resource r0 \\{", "resource \\{"),
                text.replaceAll(" *device .*\n", ""),
                text.substring(0, text.length() - 4))) {
            assertThat(read(broken).known()).isFalse();
        }
        assertThat(DrbdDevices.PROBE.parser().apply(new Reading(1, "")).known()).isFalse();
    }

    @Test
    void findsNoDevicesWithoutDrbdadmOrResources() {
        assertThat(DrbdDevices.PROBE.parser().apply(new Reading(3, ""))).isEqualTo(DrbdDevices.NONE);
        assertThat(read("= dump\n# /etc/drbd.conf\n")).isEqualTo(DrbdDevices.NONE);
    }
}
