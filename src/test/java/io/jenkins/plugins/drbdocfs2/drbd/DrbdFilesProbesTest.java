package io.jenkins.plugins.drbdocfs2.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.config.CandidateFiles;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.Drbdadm;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of a node's files, with the real drbdadm of each generation. */
class DrbdFilesProbesTest {
    private static final String COMMON = "global { usage-count no; }\n"
            + "common { net { ping-int 20; ping-timeout 30; allow-two-primaries; after-sb-1pri discard-secondary; }\n"
            + "  handlers { fence-peer \"/usr/lib/drbd/stonith.sh\"; } }\n";

    @TempDir
    private Path dir;

    @BeforeEach
    void needsDrbdUtils() {
        Drbdadm.assumeInstalled();
    }

    private static String resource(String name, int number, String net) {
        return "resource " + name + " { protocol C; net { " + net + " }\n"
                + "  on sv1 { device /dev/drbd" + number + "; disk /dev/sys/" + name
                + "; meta-disk internal; address 127.0.0.1:778" + number + "; }\n"
                + "  on sv2 { device /dev/drbd" + number + "; disk /dev/sys/" + name
                + "; meta-disk internal; address 127.0.0.2:778" + number + "; } }\n";
    }

    /** Runs a script on sv1 with this configuration and the drbdadm of this generation. */
    private String run(DrbdGeneration generation, String configuration, String script)
            throws IOException, InterruptedException {
        return Drbdadm.sh(generation, Files.writeString(dir.resolve("drbd.conf"), configuration), script);
    }

    private <T> T ask(DrbdGeneration generation, String configuration, Probe<T> probe) throws Exception {
        return probe.parser().apply(new Reading(0, run(generation, configuration, probe.script())));
    }

    @ParameterizedTest
    @EnumSource(DrbdGeneration.class)
    void commonSectionAppliesIfTheResourceDoesNotSetAnOption(DrbdGeneration generation) throws Exception {
        String two = COMMON + resource("r0", 0, "ping-timeout 9;") + resource("r1", 1, "max-buffers 4000;");

        DrbdDevices devices = ask(generation, two, DrbdDevices.PROBE);
        assertThat(devices.known()).isTrue();
        assertThat(devices.of("/dev/drbd0", -1).orElseThrow().lossMillis()).isEqualTo(20_900);
        assertThat(devices.of("/dev/drbd1", -1).orElseThrow().lossMillis()).isEqualTo(23_000);
        assertThat(devices.devices()).allMatch(DrbdDevices.Device::dualPrimary);

        EffectiveOptions options =
                ask(generation, two, DrbdProbes.configured("r0")).options();
        assertThat(options.lossMillis()).isEqualTo(20_900);
        assertThat(options.value("after-sb-1pri")).hasValue("discard-secondary");
        assertThat(options.fencePeer().isPresent()).isTrue();
        assertThat(options.isFenced()).isFalse();
    }

    @Test
    void resourceOverridesTheCommonSection() throws Exception {
        DrbdDevices devices =
                ask(DrbdGeneration.V84, COMMON + resource("r0", 0, "allow-two-primaries no;"), DrbdDevices.PROBE);
        assertThat(devices.devices()).hasSize(1).noneMatch(DrbdDevices.Device::dualPrimary);
    }

    @Test
    void readsANewFileBesideTheOthersAndCreatesMetadataFromIt() throws Exception {
        String text = resource("r0", 0, "max-buffers 4000;");
        String files = CandidateFiles.script("/etc/drbd.d/r0.res", text);

        assertThat(run(DrbdGeneration.V84, "", files + "drbd -d create-md r0/0"))
                .contains("drbdmeta 0 v08 /dev/sys/r0 internal create-md");
        assertThat(run(DrbdGeneration.V9, "", files + "drbd -d create-md r0/0"))
                .contains("v09 /dev/sys/r0 internal create-md");
        assertThat(run(DrbdGeneration.V84, "", files + "echo \"$t\"; drbd sh-resources"))
                .contains("r0");
        Path left = Path.of(run(DrbdGeneration.V84, "", files + "echo \"$t\"").strip());
        assertThat(left).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drbd.d/*.res", "ETC/drbd.d/*.res"})
    void readsANewFileAsDrbdConfOfTheNodeIncludesIt(String include) throws Exception {
        Path etc = Files.createDirectories(dir.resolve("etc/drbd.d")).getParent();
        Files.writeString(
                etc.resolve("drbd.conf"),
                COMMON + "include \"" + include.replace("ETC", etc.toString()) + "\";\n"
                        + resource("r1", 1, "max-buffers 4000;"));
        Files.writeString(etc.resolve("drbd.d/r0.res"), resource("old", 0, "max-buffers 4000;"));
        Files.writeString(etc.resolve("drbd.d/r2.res"), resource("r2", 2, "max-buffers 4000;"));
        String text = resource("r0", 0, "max-buffers 5000;");
        String files = CandidateFiles.script(etc.toString(), "/etc/drbd.d/r0.res", text);

        assertThat(run(DrbdGeneration.V84, "", files + "drbd sh-resources")
                        .strip()
                        .split("\\s+"))
                .containsExactlyInAnyOrder("r0", "r1", "r2");
        assertThat(run(DrbdGeneration.V84, "", files + "drbd dump")).contains("5000;", "ping-int");
    }

    @Test
    void doesNotReadANewFileThatDrbdConfDoesNotInclude() throws Exception {
        Path etc = Files.createDirectories(dir.resolve("etc/drbd.d")).getParent();
        Files.writeString(etc.resolve("drbd.conf"), COMMON + resource("r1", 1, "max-buffers 4000;"));
        String files = CandidateFiles.script(etc.toString(), "/etc/drbd.d/r0.res", resource("r0", 0, ""));

        assertThat(run(DrbdGeneration.V84, "", files + "drbd sh-resources").strip())
                .isEqualTo("r1");
    }

    @Test
    void dryRunAssumesTheDevicesThatTheFileWillHave() throws Exception {
        String text = resource("r0", 0, "ping-int 15;");
        Resource resource = ResourceText.parse(text);
        EffectiveOptions options = new EffectiveOptions(resource.options(), List.of());

        DrbdDevices real = ask(DrbdGeneration.V84, text, DrbdDevices.PROBE);
        DrbdDevices simulated = DrbdDevices.NONE.with(resource, "sv1", options);
        assertThat(simulated).isEqualTo(real);
        assertThat(simulated.without("r0")).isEqualTo(DrbdDevices.NONE);
    }

    @Test
    void readsTheAddressesOfARunningResourceFromTheKernel() throws Exception {
        Path shown = Files.writeString(dir.resolve("show"), Recorded.text("drbd84/show.txt"));
        Probe<RunningOptions> probe = RunningOptions.probe("r0");
        String script = probe.script().replace("[ -d /sys/module/drbd ]", "true");
        String printed = run(DrbdGeneration.V84, "", "drbdsetup() { cat " + shown + "; }\n" + script);
        assertThat(probe.parser().apply(new Reading(0, printed)))
                .isEqualTo(new RunningOptions("", false, Set.of("192.168.0.1:7789", "192.168.0.2:7789")));
    }
}
